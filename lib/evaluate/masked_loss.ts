/**
 * How well masked autoencoders complete images, and how well a guess that looks at nothing would.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Running } from "../dag/running.ts";
import { randomMasks } from "../data/mask.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { patchCount, type SavedAutoencoder } from "../nn/autoencoder.ts";
import { Count } from "../nn/config.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import { maskedError } from "../nn/masked_error.ts";
import { normaliseImages } from "../nn/normalisation.ts";
import { patchify } from "../nn/patch.ts";
import { tf } from "../tensor/native.ts";
import { type Arrays, mapValues, type Tensors, toTensor } from "../tensor/tensors.ts";
import type { Tensor } from "../tensor/array.ts";
import { autoencoderIn, firstPixels, imagesFor } from "./autoencoder_images.ts";
import { computeInBatches } from "./batches.ts";
import { EvaluationError } from "./examples.ts";

/** Images completed at a time. */
const BATCH = 64;

/** On what a masked autoencoder is measured. */
export const Masking = Schema.Struct({
  /** Shares of patches that are hidden, rising. */
  ratios: Schema.Array(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))),
  /** The share at which the worst of several masks is looked for. */
  worstAt: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  /** How many masks are tried on each image for it. */
  attempts: Count,
  /** How many images, at most. */
  count: Count,
  /** The seed of the masks. */
  seed: Schema.Int,
});

/** On what a masked autoencoder is measured. */
export type Masking = typeof Masking.Type;

/** The data of a measurement. */
export interface MaskedData {
  /** The training images, whose mean is the best guess that looks at nothing. */
  readonly known: Dataset;
  /** The images that are shown, but for hidden patches. */
  readonly shown: Dataset;
  /** The images that are to be completed: the same ones, unless those that are shown were corrupted. */
  readonly whole: Dataset;
}

/**
 * Measures the mean square error of hidden patches, in units of the training images' standard deviation.
 *
 * Needs TensorFlow to be loaded. Fails when images do not fit the network, which is to predict pixels.
 *
 * @returns For each ratio of 75 %, say, `loss.at75`; `mean.at75`, the error of the training images' mean at each place;
 * `constant.at75`, that of their one mean patch; `share.at75` = loss ÷ mean. Over ratios, `leastRise`, the least step of the
 * loss from one to the next. `worst`, the mean over images of the greatest error among several masks. Of the training, where
 * there was one: `quarters`, the mean loss of each, and `leastFall`, their greatest step, which is negative where the
 * loss fell throughout.
 */
export const measureMaskedLoss = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  checkpoint: Checkpoint,
  data: MaskedData,
  { ratios, worstAt, attempts, count, seed }: Masking,
): Effect.fn.Return<Metrics, unknown, Running> {
  const saved = yield* autoencoderIn(network, checkpoint);
  const { config, normalisation } = saved;
  if (config.targets !== "pixels") {
    return yield* new EvaluationError({
      message:
        "the network predicts patches that are normalised one by one, to which no mean image compares: " +
        'train it with targets "pixels".',
    });
  }
  const known = meanImage(yield* imagesFor(config, data.known));
  const shown = yield* firstPixels(config, data.shown, count);
  const whole = yield* firstPixels(config, data.whole, count);
  const images = whole.shape[0]!;
  const maskOf = (stream: string, ratio: number) =>
    randomMasks({ seed, stream }, { images, patches: patchCount(config), ratio });
  const masks = Object.fromEntries([
    ...ratios.map((ratio) => [nameOf(ratio), maskOf(`masks at ${ratio}`, ratio)] as const),
    ...Array.from(
      { length: attempts },
      (_, attempt) => [`attempt${attempt}`, maskOf(`attempt ${attempt}`, worstAt)] as const,
    ),
  ]);

  const found = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { shown, whole, ...masks },
    size: BATCH,
    compute: (parameters, { shown, whole, ...masks }) => {
      const [seen, target] = [normaliseImages(shown!, normalisation), normaliseImages(whole!, normalisation)];
      const guesses = guessesOf(known, saved, target);
      const errorsUnder = (mask: TensorFlow.Tensor): Tensors => ({
        loss: maskedError(network.forward(parameters, seen, config, { mask }), target, mask, config),
        ...mapValues(guesses, (guess) => maskedError(guess, target, mask, config)),
      });
      return Object.fromEntries(
        Object.entries(masks).flatMap(([name, mask]) =>
          Object.entries(errorsUnder(mask)).map(([kind, errors]) => [`${kind}.${name}`, errors])
        ),
      );
    },
  });

  const at = (kind: string) =>
    Object.fromEntries(ratios.map((ratio) => [nameOf(ratio), mean(found[`${kind}.${nameOf(ratio)}`]!)]));
  const [loss, guess] = [at("loss"), at("mean")];
  const curve = ratios.map((ratio) => loss[nameOf(ratio)]!);
  return {
    loss,
    mean: guess,
    constant: at("constant"),
    share: mapValues(loss, (value, name) => value / guess[name]!),
    ...(curve.length < 2 ? {} : { leastRise: Math.min(...steps(curve)) }),
    worst: mean(worstOf(found, attempts)),
    ...trainingFall(saved.losses),
    data: data.whole.about.name,
    images,
  };
});

/** What a share of hidden patches is called: `at75`. */
function nameOf(ratio: number): string {
  return `at${Math.round(100 * ratio)}`;
}

/** The mean of images uint8 [n, H, W, C], as pixels in [0, 1], float32 [1, H, W, C]. */
function meanImage({ shape, data }: Tensor): Tensor {
  const [count, ...size] = shape as [number, ...number[]];
  const pixels = data.length / count;
  const sums = new Float64Array(pixels);
  for (let index = 0; index < data.length; index++) sums[index % pixels]! += Number(data[index]);
  return { dtype: "float32", shape: [1, ...size], data: Float32Array.from(sums, (sum) => sum / count / 255) };
}

/** Predictions that look at nothing: the mean patch at each place, and the one mean patch, for as many images. */
function guessesOf(
  known: Tensor,
  { config, normalisation }: SavedAutoencoder<MaeConfig>,
  images: TensorFlow.Tensor,
): Tensors {
  const mean = patchify(normaliseImages(toTensor(known), normalisation), config.patch);
  const shape = [images.shape[0]!, mean.shape[1], mean.shape[2]];
  return {
    mean: tf.broadcastTo(mean, shape),
    constant: tf.broadcastTo(tf.mean(mean, 1, true), shape),
  };
}

/** The greatest error of each image among several masks. */
function worstOf(found: Arrays, attempts: number): Tensor {
  const tried = Array.from({ length: attempts }, (_, attempt) => found[`loss.attempt${attempt}`]!);
  const first = tried[0]!;
  const data = Float32Array.from(
    { length: first.data.length },
    (_, image) => Math.max(...tried.map((errors) => Number(errors.data[image]))),
  );
  return { ...first, data };
}

function trainingFall(losses: Float32Array): Metrics {
  if (losses.length < 4) return {};
  const quarter = Math.floor(losses.length / 4);
  const quarters = Array.from(
    { length: 4 },
    (_, index) => average(losses.subarray(index * quarter, (index + 1) * quarter)),
  );
  return { quarters, leastFall: Math.max(...steps(quarters)) };
}

function steps(curve: readonly number[]): readonly number[] {
  return curve.slice(1).map((value, index) => value - curve[index]!);
}

function mean({ data }: Tensor): number {
  return average(data as Float32Array);
}

function average(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
