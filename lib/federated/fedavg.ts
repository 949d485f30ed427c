/**
 * FedAvg (McMahan et al., arXiv 1602.05629): the mean of what clients make of the model by themselves.
 *
 * @module
 */
import { descend } from "./local.ts";
import type { Method } from "./method.ts";
import { equalWeights, plus, weightedSum } from "./vector.ts";

/** What FedAvg needs to be told. */
export interface FedAvg {
  /** τ·L, with L the problem's smoothness: local steps are τ/J long. */
  readonly step: number;
  /** J. */
  readonly localSteps: number;
}

/** FedAvg over clients that count the same: the model becomes the mean of the clients' models after J local steps. */
export function fedAvg({ step, localSteps }: FedAvg): Method {
  return {
    name: "FedAvg",
    start: ({ dimension, clients }) => ({
      model: new Float64Array(dimension),
      weights: equalWeights(clients.length),
    }),
    advance: (state, { problem, round, seed, present, staying }) => {
      const { clients, dimension, smoothness } = problem;
      const length = step / smoothness;
      const local = { steps: localSteps, rate: length / localSteps };
      const directions = staying.map((i) =>
        descend(clients[i]!, state.model, local, { seed, client: i, round })
      );
      const model = directions.length === 0
        ? state.model
        : plus(state.model, weightedSum(equalWeights(directions.length), directions), -length);
      return {
        state: { ...state, model },
        traffic: { exchanges: 1, up: staying.length * dimension, down: present.length * dimension },
      };
    },
  };
}
