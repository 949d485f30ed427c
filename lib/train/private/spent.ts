/**
 * The privacy that a run spent, from what ran.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Metrics } from "../../kinds/metrics.ts";
import { epsilonByLosses } from "../../stats/privacy/loss_distribution.ts";
import { totalNoise } from "../../stats/privacy/noise.ts";
import { epsilonByRenyi } from "../../stats/privacy/renyi.ts";
import type { Ran } from "./training.ts";

/**
 * What every ε here takes for granted. The seed decides samples and noise, so that a run can be made again; whoever knows it
 * can take the noise off. To publish a model, train it with a seed that nobody is told.
 */
const ASSUMING =
  "whoever sees the parameters does not know the seed, nor the losses, to which no noise was added";

/** What a checkpoint must say of its training. */
const RanSchema = Schema.Struct({
  steps: Schema.Int,
  examples: Schema.Int,
  batch: Schema.Finite,
  clip: Schema.Finite,
  noise: Schema.Finite,
  draw: Schema.Literals(["poisson", "shuffled"]),
  imitates: Schema.NullOr(Schema.Finite),
  drawn: Schema.Int,
});

/**
 * The privacy that a run spent on its examples, for adding or removing one of them.
 *
 * @param ran What a checkpoint says under `ran`.
 * @param delta δ; one over the number of examples unless given.
 * @returns `private`, and where it is false `because`, where it is true `assuming` what; and where an accountant can tell, `epsilon` by Rényi divergences with
 * its `order`, `epsilonByLosses`, and TAN's `etaSquared`. What ran is repeated.
 * @throws When the checkpoint says nothing of it.
 */
export function privacySpent(ran: unknown, delta?: number): Metrics {
  const found: Ran = Schema.decodeUnknownSync(RanSchema)(ran);
  const { steps, examples, batch, noise } = found;
  const facts = { ...found, rate: batch / examples, delta: delta ?? 1 / examples };
  const because = unaccounted(found);
  if (because !== undefined) return { ...facts, private: false, because };
  const run = { rate: facts.rate, noise, steps };
  const { epsilon, order } = epsilonByRenyi(run, facts.delta);
  return {
    ...facts,
    private: true,
    assuming: ASSUMING,
    epsilon,
    order,
    epsilonByLosses: epsilonByLosses(run, facts.delta),
    etaSquared: totalNoise(run, facts.delta).etaSquared,
  };
}

/** Why a run is not to be called private. */
function unaccounted({ steps, noise, draw, imitates }: Ran): string | undefined {
  if (steps === 0) return undefinedSteps;
  if (noise === 0) return "no noise was added";
  if (draw !== "poisson") return "examples were shuffled, and the accountant knows Poisson samples only";
  if (imitates !== null) {
    return `the run imitates the ratio of signal to noise of a batch ${imitates} times as large`;
  }
  return undefined;
}

const undefinedSteps = "no step was taken on the examples, so that nothing was spent";
