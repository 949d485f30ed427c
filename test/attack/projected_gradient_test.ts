import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { attackClassifier } from "../../lib/attack/classifier.ts";
import { ascend, randomStart, toBytes } from "../../lib/attack/projected_gradient.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { loadClassifier, logitsOf, pixelsOf } from "../../lib/nn/classifier.ts";
import { tost } from "../../lib/nn/tost.ts";
import { softmaxCrossEntropy } from "../../lib/tensor/loss.ts";
import { tf } from "../../lib/tensor/native.ts";
import { toTensor, toTensors } from "../../lib/tensor/tensors.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";
import { randomImages, runAlone, tinyTost } from "../evaluate/tiny.ts";
import "../nn/tensorflow.ts";

const attack = { epsilon: 8, stepSize: 2, steps: 5, count: 6, seed: 0 };
const data = randomImages(9);
const model = await Effect.runPromise(initialiseClassifier(tost, tinyTost, 1, data));

function lossOn({ tensors: { images, labels } }: Dataset, count: number): number {
  const saved = loadClassifier(tost, model);
  return tf.tidy(() => {
    const pixels = toTensor(pixelsOf(images!, Array.from({ length: count }, (_, index) => index)));
    const told = tf.tensor1d((labels!.data as Int32Array).slice(0, count), "int32");
    return softmaxCrossEntropy(logitsOf(tost, saved, toTensors(saved.parameters), pixels), told)
      .dataSync()[0]!;
  });
}

Deno.test("attackClassifier() raises the loss and stays within ε of every pixel", async () => {
  const attacked = await runAlone(attackClassifier(tost, model, data, attack));
  const { images, labels } = attacked.tensors;
  assertEquals(images!.shape, [6, 8, 8, 1]);
  assertEquals(labels!.data, data.tensors.labels!.data.subarray(0, 6));
  const moved = Array.from(
    images!.data as Uint8Array,
    (pixel, index) => Math.abs(pixel - Number(data.tensors.images!.data[index])),
  );
  assertEquals(Math.max(...moved), 8);
  assert(lossOn(attacked, 6) > lossOn(data, 6));
  assertEquals(attacked.about.corruptions, [{ "projected-gradient": attack }]);
});

Deno.test("attackClassifier() makes the same images again", async () => {
  const once = await runAlone(attackClassifier(tost, model, data, attack));
  assertEquals(await runAlone(attackClassifier(tost, model, data, attack)), once);
});

Deno.test("ascend() on a linear loss goes to the corner of the ball, and no further", () => {
  const budget = { epsilon: 51, stepSize: 25.5 };
  const [weights, clean] = [tf.tensor1d([1, -1, 0]), tf.tensor1d([0.5, 0.5, 0.5])];
  let x: ReturnType<typeof ascend> = clean;
  for (let step = 0; step < 5; step++) x = ascend((x) => tf.sum(tf.mul(x, weights)), x, clean, budget);
  assertEquals(Array.from(x.dataSync(), (value) => Math.round(1000 * value)), [700, 300, 500]);
});

Deno.test("randomStart() stays within ε and within the range of pixels", () => {
  const clean = new Float32Array(1000).fill(0.01);
  const start = randomStart(clean, { epsilon: 8, stepSize: 2 }, 3);
  assert(start.every((pixel) => pixel >= 0 && pixel <= 0.01 + 8 / 255 + 1e-6));
  assert(new Set(start).size > 100);
});

Deno.test("toBytes() rounds to whole grey levels", () => {
  assertEquals(toBytes(new Float32Array([0, 0.5, 1])), new Uint8Array([0, 128, 255]));
});
