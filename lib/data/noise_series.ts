/**
 * The same images under more and more noise.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { takeRows } from "./choice.ts";
import { corrupted } from "./corruption.ts";
import type { DataError } from "./folder.ts";
import { type Images, imagesOf, labelsOf } from "./labelled.ts";
import { normal, uniform } from "./random.ts";
import { Share } from "./ranges.ts";

/** Noise on some of the pixels. */
export const NoiseLevel = Schema.Struct({
  /** Standard deviation, in grey levels of 255. */
  sigma: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  /** The share of pixels that it is added to. */
  share: Share,
});

/** Noise on some of the pixels. */
export type NoiseLevel = typeof NoiseLevel.Type;

/**
 * Adds normal noise to pixels drawn by chance: all channels of a pixel or none. A pixel that is drawn at one share is
 * drawn at every greater one, with the same noise times σ, so that levels differ in nothing else.
 *
 * @returns The bytes of the noisy images.
 */
export function addSpeckle(images: Images, { sigma, share }: NoiseLevel, seed: number): Uint8Array {
  const { count, height, width, channels, data } = images;
  const pixels = height * width;
  const noisy = new Uint8ClampedArray(data); // rounds, and stops at 0 and at 255
  for (let image = 0; image < count; image++) {
    const chance = uniform({ seed, stream: "speckle/pixels", step: image }, pixels);
    const draws = normal({ seed, stream: "speckle/noise", step: image }, pixels * channels);
    const start = image * pixels * channels;
    for (let place = 0; place < pixels * channels; place++) {
      if (chance[Math.floor(place / channels)]! >= share) continue;
      noisy[start + place] = data[start + place]! + sigma * draws[place]!;
    }
  }
  return new Uint8Array(noisy.buffer);
}

/**
 * The first images of a dataset as they are, and then again at each level of noise.
 *
 * @param count How many images, at most.
 * @returns `images` uint8 `[(1 + levels) · count, …]`, their `labels`, and the levels in `about.levels`.
 */
export const noiseSeries = Effect.fnUntraced(function* (
  data: Dataset,
  { count, levels, seed }: {
    readonly count: number;
    readonly levels: readonly NoiseLevel[];
    readonly seed: number;
  },
): Effect.fn.Return<Dataset, DataError> {
  const all = yield* imagesOf(data);
  const labels = yield* labelsOf(data);
  const taken = Math.min(count, all.count);
  const size = all.height * all.width * all.channels;
  const clean = {
    ...all,
    count: taken,
    data: takeRows(all.data, size, Int32Array.from({ length: taken }, (_, i) => i)),
  };
  const parts = [clean.data, ...levels.map((level) => addSpeckle(clean, level, seed))];
  const images = new Uint8Array(parts.length * taken * size);
  const repeated = new Int32Array(parts.length * taken);
  parts.forEach((part, place) => {
    images.set(part, place * taken * size);
    repeated.set(labels.data.subarray(0, taken), place * taken);
  });
  const noisy = corrupted({ ...data, tensors: {} }, { "noise-series": { levels, seed } }, {
    images: tensor("uint8", [parts.length * taken, all.height, all.width, all.channels], images),
    labels: tensor("int32", [parts.length * taken], repeated),
  });
  return { ...noisy, about: { ...noisy.about, levels } };
});
