import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertThrows,
} from "@std/assert";
import { ParameterError } from "../../lib/dag/errors.ts";
import { DataError } from "../../lib/data/folder.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { gaussianPixels } from "../../tasks/corrupt/gaussian_pixels.ts";
import { labelNoise } from "../../tasks/corrupt/label_noise.ts";
import { nuisanceBorder } from "../../tasks/corrupt/nuisance_border.ts";
import { nuisancePatch } from "../../tasks/corrupt/nuisance_patch.ts";
import { loadMnist } from "../../tasks/load/mnist.ts";
import { run } from "./run.ts";

/** Images of one grey level, with labels that go round the classes. */
function grey({ count = 1, level = 128, side = 16, channels = 1, classes = 4 } = {}): Dataset {
  const shape = [count, side, side, channels];
  return {
    about: {
      name: "grey",
      split: "train",
      classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
    },
    tensors: {
      images: tensor("uint8", shape, new Uint8Array(count * side * side * channels).fill(level)),
      labels: tensor("int32", [count], Int32Array.from({ length: count }, (_, index) => index % classes)),
    },
  };
}

const imagesIn = (dataset: Dataset) => dataset.tensors.images!.data as Uint8Array;
const labelsIn = (dataset: Dataset) => dataset.tensors.labels!.data as Int32Array;

Deno.test("labelNoise() replaces the share asked for, each other class as often", async () => {
  const count = 20_000;
  const data = grey({ count, side: 1 });
  const noisy = labelsIn(await run(labelNoise, { rate: 0.3, seed: 5 }, { data }));
  const shifts = [0, 0, 0, 0];
  noisy.forEach((label, place) => shifts[(label - place % 4 + 4) % 4]! += 1);
  const within = (share: number) => 5 * Math.sqrt(count * share * (1 - share));
  assertAlmostEquals(shifts[0]!, count * 0.7, within(0.7));
  for (const shifted of shifts.slice(1)) assertAlmostEquals(shifted, count * 0.1, within(0.1));
});

Deno.test("labelNoise() replaces at a lower rate some of those that it replaces at a higher one", async () => {
  const data = grey({ count: 1000, side: 1 });
  const [low, high] = [
    labelsIn(await run(labelNoise, { rate: 0.1, seed: 5 }, { data })),
    labelsIn(await run(labelNoise, { rate: 0.4, seed: 5 }, { data })),
  ];
  const clean = labelsIn(data);
  low.forEach((label, place) => assert(label === clean[place] || label === high[place]));
});

Deno.test("labelNoise() keeps the true labels and says what it did", async () => {
  const data = grey({ count: 100, side: 1 });
  const noisy = await run(labelNoise, { rate: 1, seed: 1 }, { data });
  assertEquals(noisy.tensors.trueLabels, data.tensors.labels);
  assert(labelsIn(noisy).every((label, place) => label !== labelsIn(data)[place]));
  assertEquals(noisy.about.corruptions, [{ "label-noise": { rate: 1, seed: 1 } }]);
  const twice = await run(labelNoise, { rate: 1, seed: 2 }, { data: noisy });
  assertEquals(twice.tensors.trueLabels, data.tensors.labels);
  assertEquals(twice.about.corruptions, [
    { "label-noise": { rate: 1, seed: 1 } },
    { "label-noise": { rate: 1, seed: 2 } },
  ]);
});

Deno.test("labelNoise() at a rate of 0 changes no label, and the seed decides which otherwise", async () => {
  const data = grey({ count: 100, side: 1 });
  const at = async (
    rate: number,
    seed: number,
  ) => [...labelsIn(await run(labelNoise, { rate, seed }, { data }))];
  assertEquals(await at(0, 1), [...labelsIn(data)]);
  assertEquals(await at(0.5, 1), await at(0.5, 1));
  assertNotEquals(await at(0.5, 1), await at(0.5, 2));
});

Deno.test("labelNoise() refuses data without labels, with too few, or with a stray one", async () => {
  const data = grey({ count: 3 });
  const refused = (tensors: Dataset["tensors"], message: string) =>
    assertRejects(
      () => run(labelNoise, { rate: 0.1, seed: 0 }, { data: { ...data, tensors } }),
      DataError,
      message,
    );
  await refused({}, "The dataset grey should hold labels, int32 [n]; it holds none.");
  await refused(
    { ...data.tensors, labels: tensor("int32", [2], [0, 1]) },
    "a label for each of 3 images; it holds 2.",
  );
  await refused({ labels: tensor("int32", [2], [0, 4]) }, "labels from 0 to 3; it holds 4.");
});

Deno.test("corruptions refuse parameters out of range, by their path", () => {
  const data = loadMnist({ split: "test", count: 10 }, {});
  assertThrows(() => labelNoise({ rate: 1.5, seed: 0 }, { data }), ParameterError, "rate");
  assertThrows(() => gaussianPixels({ sigma: -1, seed: 0 }, { data }), ParameterError, "sigma");
  assertThrows(() => nuisanceBorder({ width: 0, seed: 0 }, { data }), ParameterError, "width");
  assertThrows(
    () => nuisancePatch({ size: 2, agreement: NaN, seed: 0 }, { data }),
    ParameterError,
    "agreement",
  );
});

Deno.test("gaussianPixels() adds noise of the standard deviation asked for", async () => {
  const data = grey({ count: 40, side: 32, channels: 3 });
  const noisy = imagesIn(await run(gaussianPixels, { sigma: 0.1, seed: 9 }, { data }));
  const mean = noisy.reduce((sum, level) => sum + level, 0) / noisy.length;
  const variance = noisy.reduce((sum, level) => sum + (level - mean) ** 2, 0) / noisy.length;
  const expected = 25.5 ** 2 + 1 / 12; // rounding adds a twelfth
  assertAlmostEquals(mean, 128, 5 * Math.sqrt(expected / noisy.length));
  assertAlmostEquals(variance, expected, 5 * expected * Math.sqrt(2 / noisy.length));
});

Deno.test("gaussianPixels() stays within bytes, gives each image its own noise, and at 0 changes nothing", async () => {
  const white = grey({ count: 2, level: 255 });
  assertEquals(imagesIn(await run(gaussianPixels, { sigma: 0, seed: 1 }, { data: white })), imagesIn(white));
  const noisy = imagesIn(await run(gaussianPixels, { sigma: 1, seed: 1 }, { data: white }));
  assert(noisy.includes(255) && noisy.includes(0));
  assertNotEquals(noisy.subarray(0, 256), noisy.subarray(256));
  const alone = await run(gaussianPixels, { sigma: 1, seed: 1 }, { data: grey({ count: 1, level: 255 }) });
  assertEquals(imagesIn(alone), noisy.subarray(0, 256));
});

Deno.test("nuisanceBorder() frames the image and leaves it whole", async () => {
  const data = grey({ count: 2, side: 4, level: 7, channels: 2 });
  const framed = await run(nuisanceBorder, { width: 3, seed: 2 }, { data });
  assertEquals(framed.tensors.images!.shape, [2, 10, 10, 2]);
  const pixels = imagesIn(framed);
  let outside = 0;
  for (let image = 0; image < 2; image += 1) {
    for (let line = 0; line < 10; line += 1) {
      for (let column = 0; column < 10; column += 1) {
        const pixel = [...pixels.subarray(((image * 10 + line) * 10 + column) * 2).subarray(0, 2)];
        const inside = line >= 3 && line < 7 && column >= 3 && column < 7;
        if (inside) assertEquals(pixel, [7, 7]);
        else outside += pixel.filter((level) => level === 7).length;
      }
    }
  }
  // 2 · 84 · 2 random bytes outside: about one of 256 is a 7.
  assert(outside < 12, `${outside}`);
});

Deno.test("nuisancePatch() tells the label as often as asked", async () => {
  const count = 5000;
  const data = grey({ count, side: 8, level: 0 });
  const pixels = imagesIn(await run(nuisancePatch, { size: 2, agreement: 0.8, seed: 3 }, { data }));
  let told = 0;
  for (let image = 0; image < count; image += 1) {
    const picture = pixels.subarray(image * 64, (image + 1) * 64);
    assertEquals(picture.filter((level) => level === 255).length, 4);
    // Four places for the left edge of two pixels out of eight: 0, 2, 4, 6.
    const place = picture.indexOf(255) / 2;
    assertEquals([picture[8 + place * 2], picture[8 + place * 2 + 1]], [255, 255]);
    if (place === image % 4) told += 1;
  }
  assertAlmostEquals(told, count * 0.8, 5 * Math.sqrt(count * 0.8 * 0.2));
});

Deno.test("nuisancePatch() refuses a patch larger than the images", async () => {
  await assertRejects(
    () => run(nuisancePatch, { size: 17, agreement: 1, seed: 0 }, { data: grey() }),
    DataError,
    "A patch of 17 pixels does not fit images of 16 by 16: give a smaller size.",
  );
});
