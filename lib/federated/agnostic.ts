/**
 * AFL, agnostic federated learning (Mohri, Sivek, Suresh; arXiv 1902.00146): gradient descent on the model, ascent on
 * the weights.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { dualStep, type Regulariser } from "./regulariser.ts";
import { equalWeights, plus, weightedSum } from "./vector.ts";

/** What AFL needs to be told. */
export interface Agnostic {
  /** ψ: AFL's own is `agnostic`. */
  readonly regulariser: Regulariser;
  /** τ·L, with L the problem's smoothness. */
  readonly step: number;
  /** The step of the weights. */
  readonly dualStep: number;
}

/** AFL: every round is one gradient of each client, and one step of the weights along the losses. */
export function agnostic({ regulariser, step, dualStep: ascent }: Agnostic): Method {
  return {
    name: "AFL",
    start: ({ dimension, clients }) => ({
      model: new Float64Array(dimension),
      weights: equalWeights(clients.length),
    }),
    advance: ({ model, weights: before }, { problem, round, seed, present, staying }) => {
      const { clients, dimension, smoothness } = problem;
      if (staying.length === 0) {
        return {
          state: { model, weights: before },
          traffic: { exchanges: 1, up: 0, down: present.length * dimension },
        };
      }
      // An absent client counts with the mean loss of the others: neither a gain nor a loss of weight on them.
      const losses = new Map(staying.map((i) => [i, clients[i]!.loss(model)]));
      const mean = [...losses.values()].reduce((sum, loss) => sum + loss / losses.size, 0);
      const gains = Float64Array.from(clients, (_, i) => losses.get(i) ?? mean);
      const weights = dualStep(regulariser, before, gains, ascent);
      const gradients = staying.map((i) =>
        clients[i]!.gradient(model, { seed, stream: `batches/client ${i}`, step: round })
      );
      const direction = weightedSum(staying.map((i) => weights[i]!), gradients);
      return {
        state: { model: plus(model, direction, -step / smoothness), weights },
        traffic: { exchanges: 1, up: staying.length * (dimension + 1), down: present.length * dimension },
      };
    },
  };
}
