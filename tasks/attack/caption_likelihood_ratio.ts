import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { likelihoodRatios, randomHalf } from "../../lib/attack/likelihood_ratio.ts";
import { membershipMetrics } from "../../lib/attack/membership.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { lossesOfCaptions } from "../../lib/evaluate/captions.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/**
 * Tells examples that a captioner was trained on from others, by how their losses compare with those under other models. The
 * model of each place in the list was trained on the random half of that number; each is attacked by means of the others.
 */
export const attackCaptionLikelihoodRatio = task({
  name: "attack-caption-likelihood-ratio",
  about: "Guesses by likelihood ratios whether a captioner was trained on an example.",
  params: Schema.Struct({ count: Count, delta: Schema.Finite, seed: Schema.Int }),
  inputs: { models: many(Checkpoint), pool: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { count, delta, seed }, inputs: { models, pool } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      const losses: Float32Array[] = [];
      for (const model of models) losses.push(yield* lossesOfCaptions(model, pool, count));
      const examples = pool.tensors.images!.shape[0]!;
      const inside = models.map((_, half) => randomHalf(examples, half, seed).slice(0, losses[half]!.length));
      return membershipMetrics(likelihoodRatios({ losses, inside }), delta);
    }),
});
