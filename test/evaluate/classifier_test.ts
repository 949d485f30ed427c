import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { measureAccuracy } from "../../lib/evaluate/accuracy.ts";
import { EvaluationError } from "../../lib/evaluate/examples.ts";
import { layersOf, measureLayers } from "../../lib/evaluate/layers.ts";
import { mapMemberships } from "../../lib/evaluate/membership_maps.ts";
import { CheckpointError } from "../../lib/nn/checkpoint.ts";
import { loadClassifier, logitsOf, pixelsOf } from "../../lib/nn/classifier.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tf } from "../../lib/tensor/native.ts";
import { toTensor, toTensors } from "../../lib/tensor/tensors.ts";
import { initialiseClassifier } from "../../lib/train/initial_classifier.ts";
import "../nn/tensorflow.ts";
import { randomImages, runAlone, tinyTost } from "./tiny.ts";

const data = randomImages(7);
const model = await Effect.runPromise(initialiseClassifier(tost, tinyTost, 1, data));

Deno.test("measureAccuracy() counts the images whose label has the highest score", async () => {
  const saved = loadClassifier(tost, model);
  const guesses = tf.tidy(() => {
    const images = toTensor(pixelsOf(data.tensors.images!, [0, 1, 2, 3, 4, 5, 6]));
    return tf.argMax(logitsOf(tost, saved, toTensors(saved.parameters), images), 1).dataSync();
  });
  const correct = [...guesses].filter((guess, index) => guess === data.tensors.labels!.data[index]).length;
  const metrics = await runAlone(measureAccuracy(tost, model, data));
  assertEquals(metrics, { accuracy: correct / 7, correct, count: 7, data: "noise" });
});

Deno.test("measureAccuracy() refuses another network's checkpoint and images of another size", async () => {
  await assertRejects(() => runAlone(measureAccuracy(softmaxTwin, model, data)), CheckpointError, '"tost"');
  const { images, labels } = data.tensors;
  const wide = { ...data, tensors: { images: { ...images!, shape: [7, 4, 16, 1] }, labels: labels! } };
  await assertRejects(() => runAlone(measureAccuracy(tost, model, wide)), EvaluationError, "4×16×1");
});

Deno.test("layersOf() sees memberships that sum to 1 over the heads", async () => {
  const layers = await runAlone(layersOf(model, data, 3));
  assertEquals(layers.map(({ shape }) => shape), [[3, 2, 4, 4], [3, 2, 4, 4]]);
  for (const { memberships } of layers) {
    for (let image = 0; image < 3; image++) {
      for (let token = 0; token < 4; token++) {
        const [first, second] = [memberships[image * 8 + token]!, memberships[image * 8 + 4 + token]!];
        assertAlmostEquals(first + second, 1, 1e-6);
      }
    }
  }
});

Deno.test("measureLayers() measures each layer, and never more images than there are", async () => {
  const metrics = await runAlone(measureLayers(model, data, 100));
  assertEquals((metrics.rate as number[]).length, 2);
  assertEquals(metrics.images, 7);
  const [first, last] = metrics.rate as [number, number];
  assertAlmostEquals(metrics.rateChange as number, (last - first) / first, 1e-12);
  assert((metrics.decided as number) >= 0.5 && (metrics.decided as number) <= 1);
});

Deno.test("mapMemberships() keeps images and the last layer's memberships", async () => {
  const maps = await runAlone(mapMemberships({ untrained: model, trained: model }, data, 2));
  assertEquals(maps.tensors.images!.shape, [2, 8, 8, 1]);
  assertEquals(maps.tensors.trained!.shape, [2, 2, 4]);
  assertEquals(maps.tensors.trained, maps.tensors.untrained);
});
