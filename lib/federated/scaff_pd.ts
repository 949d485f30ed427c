/**
 * Scaff-PD (Yu, Karimireddy, Ma, Jordan; arXiv 2307.13381): a primal-dual method for robust federated learning, whose
 * clients correct the bias of their local steps. SCAFFOLD is the same method with weights that stay equal.
 *
 * @module
 */
import { batchOf, descend } from "./local.ts";
import type { Method, Server } from "./method.ts";
import { dualStep, type Regulariser } from "./regulariser.ts";
import { firstSteps, nextSteps, type Schedule, type Steps } from "./schedule.ts";
import { equalWeights, plus, type Vector, weightedSum } from "./vector.ts";

/** What Scaff-PD needs to be told. */
export interface ScaffPd {
  /** ψ; `none` keeps all weights equal, which is SCAFFOLD. */
  readonly regulariser: Regulariser | { readonly kind: "none" };
  /** τ, σ and θ of each round. */
  readonly schedule: Schedule;
  /** J: steps that a client goes by itself. Their length is τ/J. */
  readonly localSteps: number;
  /** Whether clients correct their bias: without it, each drifts to its own optimum. */
  readonly corrected: boolean;
}

/** What a client said at the beginning of a round: its loss L_i and a fresh gradient c_i. */
interface Said {
  readonly loss: number;
  readonly gradient: Vector;
}

/** What the server of Scaff-PD keeps. */
export interface ScaffPdServer extends Server {
  /** τ, σ and θ of the round to come. */
  readonly steps: Steps;
  /** What each client said last; undefined before it has said anything. */
  readonly said: readonly (Said | undefined)[];
}

/**
 * The method. In a round,
 *
 * 1. clients say their loss `L_i = f_i(x)` and a fresh gradient `c_i = g_i(x)`;
 * 2. the server extrapolates, `s = (1 + θ) L^r − θ L^{r−1}`, goes the exact dual step to λ, and says `c = Σ λ_i c_i`;
 * 3. a client descends J times along `g_i(u) − c_i + c` and says the mean direction Δ_i;
 * 4. the server goes `x ← x − τ Σ λ_i Δ_i`.
 *
 * The paper wants every client in every round. Here an absent one stands for what it last said (before it has said
 * anything, for the mean of the others), and one that drops out before step 4 for `Δ_i = c`, the direction of a single
 * step. Both keep the solution a fixed point: there `c = 0`.
 *
 * @example The weights of two clients with constant steps
 * ```ts
 * import { scaffPd } from "./scaff_pd.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const method = scaffPd({
 *   regulariser: { kind: "chi-squared", rho: 0.1 },
 *   schedule: { kind: "constant", model: 0.4, weights: 0.03, extrapolation: 0.98 },
 *   localSteps: 20,
 *   corrected: true,
 * });
 * const client = { examples: 1, loss: () => 0, gradient: () => new Float64Array(3) };
 * const problem = { clients: [client, client], dimension: 3, smoothness: 1, convexity: 1 };
 * assertEquals([...method.start(problem).weights], [0.5, 0.5]);
 * ```
 */
export function scaffPd(
  { regulariser, schedule, localSteps, corrected }: ScaffPd,
  name = "Scaff-PD",
): Method<ScaffPdServer> {
  return {
    name,
    start: (problem) => ({
      model: new Float64Array(problem.dimension),
      weights: equalWeights(problem.clients.length),
      steps: firstSteps(schedule, problem),
      said: problem.clients.map(() => undefined),
    }),
    advance: (
      { model, weights: before, steps, said: earlier },
      { problem, round, seed, present, staying },
    ) => {
      const { clients, dimension } = problem;
      const local = { steps: localSteps, rate: steps.model / localSteps };
      const draws = (client: number) => ({ seed, client, round });

      const heard = [...earlier];
      for (const i of present) {
        const client = clients[i]!;
        heard[i] = {
          loss: client.loss(model),
          gradient: client.gradient(model, batchOf(draws(i), local, 0)),
        };
      }
      const others = meanOf(heard.filter((said) => said !== undefined));
      const said = heard.map((one) => one ?? others);

      const weights = regulariser.kind === "none" ? before : dualStep(
        regulariser,
        before,
        Float64Array.from(said, ({ loss }, i) => {
          const risen = loss - (earlier[i]?.loss ?? loss);
          return loss + steps.extrapolation * risen;
        }),
        steps.weights,
      );
      const mean = weightedSum(weights, said.map(({ gradient }) => gradient));

      const directions: Vector[] = clients.map(() => mean);
      for (const i of staying) {
        const correction = corrected ? plus(mean, said[i]!.gradient, -1) : undefined;
        directions[i] = descend(clients[i]!, model, local, draws(i), correction);
      }
      const scalars = regulariser.kind === "none" ? 0 : 1;
      return {
        state: {
          model: plus(model, weightedSum(weights, directions), -steps.model),
          weights,
          steps: nextSteps(schedule, steps, problem),
          said: heard,
        },
        traffic: {
          exchanges: 2,
          up: present.length * (dimension + scalars) + staying.length * dimension,
          down: 2 * present.length * dimension,
        },
      };
    },
  };
}

function meanOf(said: readonly Said[]): Said {
  const equal = equalWeights(said.length);
  return {
    loss: said.reduce((sum, { loss }) => sum + loss / said.length, 0),
    gradient: weightedSum(equal, said.map(({ gradient }) => gradient)),
  };
}
