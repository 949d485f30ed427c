/**
 * What a captioner has learned: the losses of right captions, and whether it prefers them to wrong ones.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { captionedOf } from "../data/captions.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { captioner, type CaptionerConfig, captionLosses, memoryOf, tokenLosses } from "../nn/captioner.ts";
import { loadNetwork, type Saved } from "../nn/checkpoint.ts";
import { pixelsOf } from "../nn/classifier.ts";
import { plainLayers } from "../nn/layers.ts";
import type { Tensor } from "../tensor/array.ts";
import { tf } from "../tensor/native.ts";
import { computeInBatches } from "./batches.ts";
import { firstRows } from "./examples.ts";

/** Images looked at at a time. */
const BATCH = 100;

/**
 * The loss of each caption, in nats a token.
 *
 * Needs TensorFlow to be loaded. Fails when the data have no captions, or the checkpoint is another network's.
 *
 * @param count How many examples, at most: the first ones.
 */
export const lossesOfCaptions = Effect.fnUntraced(function* (
  model: Checkpoint,
  data: Dataset,
  count = Infinity,
): Effect.fn.Return<Float32Array, unknown, Running> {
  const { config, parameters } = yield* loaded(model);
  const { images, captions } = yield* captionedOf(data);
  const rows = Math.min(count, images.shape[0]!);
  const { losses } = yield* computeInBatches({
    parameters,
    examples: { images: pixelsOf(images, upTo(rows)), captions: firstRows(captions, rows) },
    size: BATCH,
    compute: (parameters, { images, captions }) => ({
      losses: captionLosses(plainLayers(parameters), images!, captions!, config),
    }),
  });
  return losses!.data as Float32Array;
});

/** The mean loss of captions: `loss`, in nats a token, of `count` examples of `data`. */
export const measureCaptionLoss = Effect.fnUntraced(function* (
  model: Checkpoint,
  data: Dataset,
): Effect.fn.Return<Metrics, unknown, Running> {
  const losses = yield* lossesOfCaptions(model, data);
  return { loss: mean(losses), count: losses.length, data: data.about.name };
});

/**
 * How often a captioner gives the right caption a lower loss than every wrong one. A tie counts as an error.
 *
 * @param foiled Scenes with wrong captions (`withFoils`).
 * @returns `attribute` and `relation`, shares of choices between two; `order`, of choices among five.
 */
export const measureCaptionChoices = Effect.fnUntraced(function* (
  model: Checkpoint,
  foiled: Dataset,
): Effect.fn.Return<Metrics, unknown, Running> {
  const { config, parameters } = yield* loaded(model);
  const { images, captions } = yield* captionedOf(foiled);
  const { attribute, relation, order } = foiled.tensors as Record<"attribute" | "relation" | "order", Tensor>;
  const count = images.shape[0]!;
  const { losses } = yield* computeInBatches({
    parameters,
    examples: { images: pixelsOf(images, upTo(count)), captions, attribute, relation, order },
    size: BATCH,
    compute: (parameters, { images, captions, attribute, relation, order }) => {
      const layers = plainLayers(parameters);
      const memory = memoryOf(layers, images!, config);
      const own = [captions!, attribute!, relation!, ...tf.unstack(order!, 1)];
      return { losses: tf.stack(own.map((each) => tokenLosses(layers, memory, each, config)), 1) };
    },
  });
  const options = losses!.shape[1]!;
  const preferred = (foils: readonly number[]) => {
    let right = 0;
    for (let row = 0; row < count; row++) {
      const at = (option: number) => losses!.data[row * options + option] as number;
      if (foils.every((foil) => at(0) < at(foil))) right += 1;
    }
    return right / count;
  };
  return {
    attribute: preferred([1]),
    relation: preferred([2]),
    order: preferred([3, 4, 5, 6]),
    count,
    data: foiled.about.name,
  };
});

/** The captioner of a checkpoint. */
export function loaded(model: Checkpoint): Effect.Effect<Saved<CaptionerConfig>, unknown> {
  return Effect.try({ try: () => loadNetwork(captioner, model), catch: (error) => error });
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function mean(numbers: Float32Array): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
