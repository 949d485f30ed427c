/**
 * q-FFL (Li et al., arXiv 1905.10497), solved by q-FedAvg: losses to the power q + 1, so that greater ones count more.
 *
 * @module
 */
import { descend } from "./local.ts";
import type { Method } from "./method.ts";
import { equalWeights, plus, weightedSum } from "./vector.ts";

/** What q-FedAvg needs to be told. */
export interface QFfl {
  /** q: 0 is FedAvg; the greater, the fairer. */
  readonly q: number;
  /** τ·L, with L the problem's smoothness: local steps are τ/J long. */
  readonly step: number;
  /** J. */
  readonly localSteps: number;
}

/**
 * q-FedAvg: with `w_k` the model of client k after its local steps, `g_k = (x − w_k)/η_ℓ` and `F_k` its loss before
 * them, `x ← x − Σ F_k^q g_k / Σ (q F_k^{q−1} ‖g_k‖² + F_k^q/η_ℓ)`.
 */
export function qFfl({ q, step, localSteps }: QFfl): Method {
  return {
    name: "q-FFL",
    start: ({ dimension, clients }) => ({
      model: new Float64Array(dimension),
      weights: equalWeights(clients.length),
    }),
    advance: (state, { problem, round, seed, present, staying }) => {
      const { clients, dimension, smoothness } = problem;
      const rate = step / smoothness / localSteps;
      const answers = staying.map((i) => {
        const loss = clients[i]!.loss(state.model);
        const local = { steps: localSteps, rate };
        const gone = descend(clients[i]!, state.model, local, { seed, client: i, round })
          .map((entry) => entry * localSteps);
        const squares = gone.reduce((sum, entry) => sum + entry ** 2, 0);
        return { gone, weight: loss ** q, scale: q * loss ** (q - 1) * squares + loss ** q / rate };
      });
      const scale = answers.reduce((sum, answer) => sum + answer.scale, 0);
      const model = scale === 0 ? state.model : plus(
        state.model,
        weightedSum(answers.map(({ weight }) => weight), answers.map(({ gone }) => gone)),
        -1 / scale,
      );
      return {
        state: { ...state, model },
        traffic: { exchanges: 1, up: staying.length * (dimension + 1), down: present.length * dimension },
      };
    },
  };
}
