import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as Schema from "effect/Schema";
import { uniform } from "../../lib/data/random.ts";
import type { Picture } from "../../lib/image/picture.ts";
import { softmaxCrossEntropy } from "../../lib/tensor/loss.ts";
import { tf } from "../../lib/tensor/native.ts";
import { type Augmentation, augmentImages } from "../../lib/train/augmentation.ts";
import { colourJitter } from "../../lib/train/colour_jitter.ts";
import { eraseRectangles } from "../../lib/train/erase.ts";
import { betaDraw, Mix, mixImages } from "../../lib/train/mix.ts";
import {
  type AugmentOperation,
  randAugment,
  timmOperations,
  torchvisionOperations,
} from "../../lib/train/rand_augment.ts";
import reference from "../image/reference.json" with { type: "json" };
import "../nn/tensorflow.ts";

const { height, width } = reference;
const picture: Picture = { height, width, channels: 3, data: Uint8Array.fromBase64(reference.picture) };
const options = { resampling: "bicubic", fill: [124, 116, 104] } as const;

/** Compares with what a library made of the picture; "Rotate -1" is Rotate the other way. */
function compare(
  library: string,
  results: Readonly<Record<string, string>>,
  operations: Readonly<Record<string, AugmentOperation>>,
  apply: (operation: AugmentOperation, sign: number) => Picture,
) {
  Deno.test(`RandAugment has ${library}'s operations`, () => {
    const names = new Set(Object.keys(results).map((name) => name.split(" ")[0]));
    assertEquals(Object.keys(operations).sort(), [...names].sort());
  });
  for (const [name, expected] of Object.entries(results)) {
    Deno.test(`RandAugment's ${name} gives ${library}'s levels`, () => {
      const levels = [...Uint8Array.fromBase64(expected)];
      const [operation, sign] = name.split(" ");
      const { data } = apply(operations[operation!]!, Number(sign));
      const worst = Math.max(...levels.map((level, at) => Math.abs(level - data[at]!)));
      assert(worst <= 1, `a level is ${worst} away`);
    });
  }
}

// torchvision 0.29's RandAugment(2, 14), and timm 1.0's rand-m9-inc1 at magnitude 9, operation by operation.
compare(
  "torchvision",
  reference.torchvision,
  torchvisionOperations,
  (operation, sign) => operation(picture, 14, sign, { resampling: "nearest", fill: [0, 0, 0] }),
);
compare("timm", reference.timm, timmOperations, (operation, sign) => operation(picture, 9, sign, options));

Deno.test("randAugment() leaves as many pictures alone as its families do", () => {
  const pictures = new Array<Picture>(2000).fill(picture);
  const unchanged = (settings: Parameters<typeof randAugment>[1]) =>
    randAugment(pictures, settings, options.fill, { seed: 0, step: 0 })
      .filter((changed) => changed === picture).length / pictures.length;
  // timm applies neither of two with probability ¼; torchvision does nothing with 1 of 14, twice.
  const timm = unchanged({ family: "timm", operations: 2, magnitude: 9, deviation: 0.5 });
  const torchvision = unchanged({ family: "torchvision", operations: 2, magnitude: 14 });
  assertAlmostEquals(timm, 1 / 4, 4 * Math.sqrt(3 / 16 / 2000));
  assertAlmostEquals(torchvision, 1 / 196, 4 * Math.sqrt(1 / 196 / 2000));
});

Deno.test("colourJitter() leaves pictures alone at strength 0, and darkens and brightens evenly otherwise", () => {
  const grey: Picture = { height: 1, width: 1, channels: 3, data: Uint8Array.of(100, 100, 100) };
  const key = { seed: 1, step: 2 };
  assertEquals(colourJitter([picture], 0, key)[0]!.data, picture.data);
  const levels = colourJitter(new Array<Picture>(2000).fill(grey), 0.4, key).map(({ data }) => data[0]!);
  // Brightness alone changes one grey pixel: 100 times a number from [0.6, 1.4], cut off.
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  assertAlmostEquals(mean, 99.5, 4 * 40 / Math.sqrt(3) / Math.sqrt(2000));
  assert(Math.min(...levels) >= 60 && Math.min(...levels) < 62 && Math.max(...levels) > 137);
});

Deno.test("betaDraw() draws from Beta(α, α)", () => {
  for (const alpha of [0.2, 0.8, 1, 2]) {
    const draws = Array.from(
      { length: 4000 },
      (_, step) => betaDraw(alpha, { seed: 3, stream: "beta", step }),
    );
    const variance = 1 / (4 * (2 * alpha + 1));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const spread = draws.reduce((sum, draw) => sum + (draw - 0.5) ** 2, 0) / draws.length;
    assertAlmostEquals(mean, 0.5, 4 * Math.sqrt(variance / draws.length));
    assertAlmostEquals(spread, variance, 0.07 * variance);
  }
  assert(betaDraw(1e-4, { seed: 0, stream: "beta" }) >= 0); // both powers are too small for a double
});

/** Four images of 6 × 5 pixels, each of its own level. */
const batch = {
  dtype: "float32" as const,
  shape: [4, 6, 5, 1],
  data: Float32Array.from({ length: 120 }, (_, at) => Math.floor(at / 30)),
};

Deno.test("mixImages() mixes each image with its partner, by shares that add up", () => {
  const { images, share } = mixImages(batch, { mixup: 0.8, cutmix: 0, switch: 0.5 }, { seed: 0, step: 5 });
  images.data.forEach((value, at) => {
    const own = Math.floor(at / 30);
    assertAlmostEquals(Number(value), share * own + (1 - share) * (3 - own), 1e-6);
  });
});

Deno.test("mixImages() pastes the partner's rectangle, and its share is what is left", () => {
  for (let step = 0; step < 50; step++) {
    const { images, share } = mixImages(batch, { mixup: 0, cutmix: 1, switch: 0.5 }, { seed: 0, step });
    for (let image = 0; image < 4; image++) {
      const levels = [...images.data.subarray(image * 30, image * 30 + 30) as Float32Array];
      assertEquals(levels.filter((level) => level !== image && level !== 3 - image), []);
      assertAlmostEquals(levels.filter((level) => level === image).length / 30, share, 1e-9);
    }
  }
});

Deno.test("mixImages() switches between mixup and CutMix as often as it should", () => {
  const settings = { mixup: 0.8, cutmix: 1, switch: 0.25 };
  const cuts = Array.from({ length: 1000 }, (_, step) => {
    const { images, share } = mixImages(batch, settings, { seed: 7, step });
    return share < 1 && share > 0 && images.data.every((value) => Number.isInteger(value)) ? 1 : 0;
  }).reduce<number>((sum, cut) => sum + cut, 0);
  // Rectangles may be empty or whole; those batches count for neither.
  assert(cuts > 150 && cuts < 300, `${cuts} of 1000 batches were cut`);
  assertThrows(() => Schema.decodeUnknownSync(Mix)({ mixup: 0, cutmix: 0, switch: 0 }), Error, "above 0");
});

Deno.test("softmaxCrossEntropy() of mixed labels is the mixture of both losses, smoothing included", () => {
  tf.tidy(() => {
    const logits = tf.tensor2d([[1, 2, -1], [0.5, 0, 3]]);
    const [own, partners] = [tf.tensor1d([0, 2], "int32"), tf.tensor1d([2, 0], "int32")];
    const mixed = { labels: partners, share: tf.scalar(0.3) };
    const loss = (labels: typeof own) =>
      softmaxCrossEntropy(logits, labels, { smoothing: 0.1 }).dataSync()[0]!;
    assertAlmostEquals(
      softmaxCrossEntropy(logits, own, { smoothing: 0.1, mixed }).dataSync()[0]!,
      0.3 * loss(own) + 0.7 * loss(partners),
      1e-6,
    );
  });
});

Deno.test("eraseRectangles() erases a rectangle of noise in as many images as it should", () => {
  const count = 400;
  const grey = {
    dtype: "float32" as const,
    shape: [count, 20, 30, 1],
    data: new Float32Array(count * 600).fill(0.5),
  };
  const normalisation = { mean: [0.2], deviation: [0.1] };
  const { data } = eraseRectangles(grey, 0.25, normalisation, { seed: 0, step: 1 });
  const noise: number[] = [];
  let erased = 0;
  for (let image = 0; image < count; image++) {
    const found = [...data.subarray(image * 600, (image + 1) * 600) as Float32Array].filter((value) =>
      value !== 0.5
    );
    if (found.length === 0) continue;
    erased += 1;
    noise.push(...found);
    assert(found.length >= 0.02 * 600 * 0.8 && found.length <= 600 / 3 * 1.1, `${found.length} pixels`);
  }
  assertAlmostEquals(erased / count, 0.25, 4 * Math.sqrt(3 / 16 / count));
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  assertAlmostEquals(mean, 0.2, 4 * 0.1 / Math.sqrt(noise.length));
});

Deno.test("augmentImages() is a function of the seed and the step, and pixels alone where nothing is done", () => {
  const bytes = {
    dtype: "uint8" as const,
    shape: [2, 8, 8, 3],
    data: Uint8Array.from(uniform({ seed: 0, stream: "bytes" }, 384), (draw) => 256 * draw),
  };
  const normalisation = { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] };
  const all: Augmentation = {
    augment: "crop-flip",
    randAugment: { family: "timm", operations: 2, magnitude: 9, deviation: 0.5 },
    colourJitter: 0.4,
    erase: 0.5,
    mix: { mixup: 0.8, cutmix: 1, switch: 0.5 },
  };
  const made = (step: number) => augmentImages(bytes, all, normalisation, { seed: 1, step });
  assertEquals(made(3), made(3));
  assert(String(made(3).images.data) !== String(made(4).images.data));
  const { images, share } = augmentImages(bytes, { augment: "none" }, normalisation, { seed: 1, step: 0 });
  assertEquals(share, undefined);
  assertEquals(images.data, Float32Array.from(bytes.data, (byte) => byte / 255));
});
