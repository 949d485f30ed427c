import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { type Attack, attackImages } from "../../lib/attack/attack.ts";
import { attackClassifier } from "../../lib/attack/classifier.ts";
import { addRandomSigns } from "../../lib/data/random_signs.ts";
import { measureAccuracy } from "../../lib/evaluate/accuracy.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { mlpClassifier } from "../../lib/nn/feature_mlp.ts";
import { trainClassifier } from "../../lib/train/classifier.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { normal } from "../../lib/data/random.ts";
import { randomImages, runAlone, tinyTost } from "../evaluate/tiny.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";
import { tost } from "../../lib/nn/tost.ts";
import "../nn/tensorflow.ts";
import { examples, linearCheckpoint, linearClassifier, radii, side } from "./linear.ts";

const autoPgd = {
  kind: "auto-pgd",
  steps: 30,
  restarts: 2,
  losses: ["cross-entropy", "logit-ratio"],
  seed: 0,
} as const;

const accuracyOn = async (model: Checkpoint, data: Dataset) =>
  Number((await runAlone(measureAccuracy(linearClassifier, model, data))).accuracy);

const attacked = (model: Checkpoint, attack: Attack) =>
  runAlone(attackImages(linearClassifier, model, examples, attack));

/** The largest change of each image, in grey levels. */
function moved({ tensors }: Dataset, from: Dataset = examples): number {
  const before = from.tensors.images!.data;
  return Math.max(
    ...Array.from(tensors.images!.data as Uint8Array, (pixel, at) => Math.abs(pixel - Number(before[at]))),
  );
}

Deno.test("Auto-PGD breaks just those images of a linear classifier that can be broken", async () => {
  const model = linearCheckpoint(1);
  assertEquals(await accuracyOn(model, examples), 1);
  for (const epsilon of [1, 2, 4, 8, 16]) {
    const found = await attacked(model, { ...autoPgd, epsilon, count: 60 });
    const certified = radii().filter((radius) => radius > epsilon).length / 60;
    assertEquals([epsilon, await accuracyOn(model, found)], [epsilon, certified]);
    assert(moved(found) <= epsilon);
  }
});

Deno.test("Auto-PGD is not fooled by a classifier whose gradients vanish, as plain PGD is", async () => {
  const model = linearCheckpoint(1e6);
  const epsilon = 16;
  const robust = radii().filter((radius) => radius > epsilon).length / 60;
  assert(robust < 0.5);
  const plain = await runAlone(
    attackClassifier(linearClassifier, model, examples, {
      epsilon,
      stepSize: 2,
      steps: 30,
      count: 60,
      seed: 0,
    }),
  );
  assert(await accuracyOn(model, plain) > 0.9);
  const found = await attacked(model, { ...autoPgd, epsilon, count: 60 });
  assertEquals(await accuracyOn(model, found), robust);
});

Deno.test("Auto-PGD breaks a network that was trained without a defence, where noise of the same size does not", async () => {
  const training = templates(600, 0);
  const test = templates(100, 1);
  const config = { side: 12, channels: 1, classes: 3, hidden: 32, features: 16 };
  const model = await runAlone(trainClassifier(mlpClassifier, config, {
    ...{ steps: 150, batch: 50, optimiser: "adamw", learningRate: 3e-3, finalLearningRate: 0, warmup: 10 },
    ...{
      weightDecay: 0,
      beta2: 0.999,
      clip: 0,
      execution: "graph",
      seed: 0,
      labelSmoothing: 0,
      augment: "none",
    },
  } as never, training));
  const accuracy = async (data: Dataset) =>
    Number((await runAlone(measureAccuracy(mlpClassifier, model, data))).accuracy);
  const epsilon = 16;
  assert(await accuracy(test) >= 0.98);
  const { images, labels } = test.tensors;
  const signs = addRandomSigns(
    { count: 100, height: 12, width: 12, channels: 1, data: images!.data as Uint8Array },
    { epsilon, seed: 0 },
  );
  const noisy = { ...test, tensors: { images: { ...images!, data: signs }, labels: labels! } };
  assert(await accuracy(noisy) >= 0.95);
  const found = await runAlone(attackImages(mlpClassifier, model, test, { ...autoPgd, epsilon, count: 100 }));
  assertEquals(await accuracy(found), 0);
});

Deno.test("a patch changes pixels of one square only, and breaks what noise does not", async () => {
  const model = linearCheckpoint(1);
  const found = await attacked(model, { ...autoPgd, kind: "patch", side: 2, count: 60 });
  const before = examples.tensors.images!.data as Uint8Array;
  const after = found.tensors.images!.data as Uint8Array;
  for (let image = 0; image < 60; image++) {
    const places = Array.from({ length: side * side }, (_, at) => at)
      .filter((at) => before[image * side * side + at] !== after[image * side * side + at]);
    const spread = (of: number[]) => of.length === 0 ? 0 : Math.max(...of) - Math.min(...of) + 1;
    assert(spread(places.map((at) => Math.floor(at / side))) <= 2);
    assert(spread(places.map((at) => at % side)) <= 2);
  }
  const noise = await attacked(model, { kind: "gaussian-noise", sigma: 8, draws: 5, count: 60, seed: 0 });
  assert(await accuracyOn(model, found) < await accuracyOn(model, noise));
});

Deno.test("Gaussian noise breaks no fewer images with more draws", async () => {
  const model = linearCheckpoint(1);
  const noise = { kind: "gaussian-noise", sigma: 25, count: 60, seed: 0 } as const;
  const [one, many] = [
    await attacked(model, { ...noise, draws: 1 }),
    await attacked(model, { ...noise, draws: 20 }),
  ];
  assert(await accuracyOn(model, many) < await accuracyOn(model, one));
});

Deno.test("attackImages() makes the same images again, and says what was done", async () => {
  const model = await Effect.runPromise(initialiseClassifier(tost, tinyTost, 1, randomImages(9)));
  const attack = { ...autoPgd, epsilon: 8, steps: 5, count: 6 };
  const once = await runAlone(attackImages(tost, model, randomImages(9), attack));
  assertEquals(await runAlone(attackImages(tost, model, randomImages(9), attack)), once);
  assertEquals(once.tensors.images!.shape, [6, 8, 8, 1]);
  assertEquals(once.about.corruptions, [{ "auto-pgd": attack }]);
});

Deno.test("attackImages() refuses a patch larger than the images", async () => {
  const attack = { ...autoPgd, kind: "patch", side: 7, count: 5 } as const;
  const error = await assertRejects(() => attacked(linearCheckpoint(1), attack));
  assertStringIncludes(String(error), "A patch of 7 pixels a side does not fit images of 6");
});

/** Images of noise to which one of three faint patterns is added, which tells the label. */
function templates(count: number, seed: number): Dataset {
  const size = 144;
  const patterns = normal({ seed: 0, stream: "patterns" }, 3 * size);
  const noise = normal({ seed, stream: "noise" }, count * size);
  const images = Uint8Array.from(noise, (draw, at) => {
    const sign = Math.sign(patterns[(Math.floor(at / size) % 3) * size + at % size]!);
    return Math.round(128 + 10 * sign + 12 * draw);
  });
  return {
    about: { name: "templates", split: "train", classes: ["a", "b", "c"] },
    tensors: {
      images: tensor("uint8", [count, 12, 12, 1], images),
      labels: tensor("int32", [count], Array.from({ length: count }, (_, at) => at % 3)),
    },
  };
}
