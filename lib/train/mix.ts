/**
 * Mixup (Zhang et al. 2018) and CutMix (Yun et al. 2019): images mixed with others of their batch, and their labels
 * likewise.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { integers, type RandomKey, uniform } from "../data/random.ts";
import type { Tensor } from "../tensor/array.ts";

const Alpha = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 4 }));

/** How images are mixed: `{ mixup: 0.8, cutmix: 1, switch: 0.5 }` is the usual recipe of vision transformers. */
export const Mix = Schema.Struct({
  /** α of mixup's shares, from Beta(α, α); 0 for no mixup. */
  mixup: Alpha,
  /** α of CutMix's shares, from Beta(α, α); 0 for no CutMix. */
  cutmix: Alpha,
  /** How often a batch gets CutMix where there are both. */
  switch: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
}).check(
  Schema.makeFilter(({ mixup, cutmix }) =>
    mixup > 0 || cutmix > 0 ? undefined : { path: ["mixup"], issue: "must be above 0 where cutmix is 0" }
  ),
);

/** How images are mixed. */
export type Mix = typeof Mix.Type;

/** A mixed batch. */
export interface Mixed {
  /** float32 [B, H, W, C]: image i is mixed with image B − 1 − i. */
  readonly images: Tensor;
  /** The share of the image's own label; the rest belongs to that of its partner. */
  readonly share: number;
}

/** A rectangle of pixels: rows `top` to `bottom` and columns `left` to `right`, the last ones left out. */
export interface Rectangle {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * Mixes a batch with itself in reverse, with one share for all, as timm's `Mixup` does by batch: either
 * `share · x + (1 − share) · partner`, or the partner's pixels in a rectangle.
 *
 * @param images float32 [B, H, W, C].
 * @param settings How.
 * @param key The seed and the step: equal ones give equal mixtures.
 */
export function mixImages(images: Tensor, settings: Mix, key: Omit<RandomKey, "stream">): Mixed {
  const { mixup, cutmix } = settings;
  const [coin] = uniform({ ...key, stream: "mix" }, 1);
  const cuts = cutmix > 0 && (mixup === 0 || coin! < settings.switch);
  const share = betaDraw(cuts ? cutmix : mixup, { ...key, stream: "mix/share" });
  if (!cuts) return { images: blended(images, share), share };
  const [, height, width] = images.shape as [number, number, number, number];
  const rectangle = drawRectangle(height, width, share, key);
  const { top, bottom, left, right } = rectangle;
  return {
    images: pasted(images, rectangle),
    share: 1 - (bottom - top) * (right - left) / (height * width),
  };
}

/**
 * A draw from Beta(α, α), by Jöhnk's method: two powers of uniform numbers, until their sum is at most 1. In logarithms,
 * since for small α both may be too small for a double.
 */
export function betaDraw(alpha: number, key: RandomKey): number {
  for (let tries = 32;; tries *= 2) {
    const numbers = uniform(key, tries);
    for (let at = 0; at < tries; at += 2) {
      const x = Math.log(1 - numbers[at]!) / alpha;
      const y = Math.log(1 - numbers[at + 1]!) / alpha;
      if (Math.exp(x) + Math.exp(y) <= 1) return 1 / (1 + Math.exp(y - x));
    }
  }
}

/** CutMix's rectangle: 1 − share of the area, around any pixel, cut off at the edges. */
function drawRectangle(
  height: number,
  width: number,
  share: number,
  key: Omit<RandomKey, "stream">,
): Rectangle {
  const ratio = Math.sqrt(1 - share);
  const span = (length: number, stream: string) => {
    const cut = Math.floor(length * ratio);
    const [centre] = integers({ ...key, stream }, 1, length);
    return [
      Math.max(0, centre! - Math.floor(cut / 2)),
      Math.min(length, centre! + Math.floor((cut + 1) / 2)),
    ] as const;
  };
  const [top, bottom] = span(height, "mix/row");
  const [left, right] = span(width, "mix/column");
  return { top, bottom, left, right };
}

function blended({ dtype, shape, data }: Tensor, share: number): Tensor {
  const stride = data.length / shape[0]!;
  const mixed = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const partner = (shape[0]! - 1 - Math.floor(at / stride)) * stride + at % stride;
    mixed[at] = share * Number(data[at]) + (1 - share) * Number(data[partner]);
  }
  return { dtype, shape, data: mixed };
}

function pasted({ dtype, shape, data }: Tensor, { top, bottom, left, right }: Rectangle): Tensor {
  const [batch, height, width, channels] = shape as [number, number, number, number];
  const source = data as Float32Array;
  const mixed = source.slice();
  for (let image = 0; image < batch; image++) {
    for (let row = top; row < bottom; row++) {
      const to = ((image * height + row) * width + left) * channels;
      const from = (((batch - 1 - image) * height + row) * width + left) * channels;
      mixed.set(source.subarray(from, from + (right - left) * channels), to);
    }
  }
  return { dtype, shape, data: mixed };
}
