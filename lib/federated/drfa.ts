/**
 * DRFA, distributionally robust federated averaging (Deng, Kamani, Mahdavi; arXiv 2102.12660).
 *
 * @module
 */
import { integers, uniform } from "../data/random.ts";
import { descend } from "./local.ts";
import type { Method } from "./method.ts";
import { dualStep, type Regulariser } from "./regulariser.ts";
import { equalWeights, plus, type Vector, weightedSum } from "./vector.ts";

/** What DRFA needs to be told. */
export interface Drfa {
  /** ψ. With `agnostic` this is DRFA, with the others DRFA-Prox. */
  readonly regulariser: Regulariser;
  /** τ·L, with L the problem's smoothness: local steps are τ/J long. */
  readonly step: number;
  /** J. */
  readonly localSteps: number;
  /** γ: the step of the weights is J γ. */
  readonly dualStep: number;
  /** What γ is multiplied by after each round. */
  readonly decay: number;
  /** The least weight of a client, before weights are made to sum to 1 again; the public code has 0.001. */
  readonly floor: number;
}

/**
 * DRFA. In a round, the server draws as many clients as are present, with replacement and by their weights; they go J
 * local steps, and say where they ended and where they were at a step drawn from 1 to J. The model becomes the mean of
 * the ends. Every client that is present says its loss at the mean of the points in between, and the weights go a step
 * along those.
 */
export function drfa({ regulariser, step, localSteps, dualStep: ascent, decay, floor }: Drfa): Method {
  return {
    name: "DRFA",
    start: ({ dimension, clients }) => ({
      model: new Float64Array(dimension),
      weights: equalWeights(clients.length),
    }),
    advance: ({ model, weights: before }, { problem, round, seed, present, staying }) => {
      const { clients, dimension, smoothness } = problem;
      const length = step / smoothness;
      const local = { steps: localSteps, rate: length / localSteps };
      const drawn = drawByWeight(before, present, { seed, round });
      const kept = 1 + integers({ seed, stream: "drfa/snapshot", step: round }, 1, localSteps)[0]!;

      const walked = [...new Set(drawn)].filter((i) => staying.includes(i)).map((i) => {
        let snapshot: Vector = model;
        const direction = descend(
          clients[i]!,
          model,
          local,
          { seed, client: i, round },
          undefined,
          (point, at) => {
            if (at === kept) snapshot = point;
          },
        );
        return { times: drawn.filter((client) => client === i).length, direction, snapshot };
      });
      const down = new Set(drawn).size * dimension + present.length * dimension;
      if (walked.length === 0) {
        return { state: { model, weights: before }, traffic: { exchanges: 2, up: 0, down } };
      }
      const total = walked.reduce((sum, { times }) => sum + times, 0);
      const shares = walked.map(({ times }) => times / total);
      const snapshot = weightedSum(shares, walked.map(({ snapshot }) => snapshot));
      const losses = new Map(staying.map((i) => [i, clients[i]!.loss(snapshot)]));
      const mean = [...losses.values()].reduce((sum, loss) => sum + loss / losses.size, 0);
      const gains = Float64Array.from(clients, (_, i) => losses.get(i) ?? mean);
      return {
        state: {
          model: plus(model, weightedSum(shares, walked.map(({ direction }) => direction)), -length),
          weights: floored(
            dualStep(regulariser, before, gains, localSteps * ascent * decay ** round),
            floor,
          ),
        },
        traffic: { exchanges: 2, up: walked.length * 2 * dimension + losses.size, down },
      };
    },
  };
}

/** Draws as many clients as there are candidates, with replacement, each as likely as its weight says. */
function drawByWeight(
  weights: Float64Array,
  candidates: readonly number[],
  { seed, round }: { readonly seed: number; readonly round: number },
): readonly number[] {
  const total = candidates.reduce((sum, i) => sum + weights[i]!, 0);
  const draws = uniform({ seed, stream: "drfa/clients", step: round }, candidates.length);
  return Array.from(draws, (draw) => {
    let left = draw * total;
    return candidates.find((i) => (left -= weights[i]!) < 0) ?? candidates.at(-1)!;
  });
}

function floored(weights: Vector, floor: number): Vector {
  const raised = weights.map((weight) => Math.max(weight, floor));
  const total = raised.reduce((sum, weight) => sum + weight, 0);
  return raised.map((weight) => weight / total);
}
