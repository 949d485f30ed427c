import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import "../../nn/tensorflow.ts";
import { EvaluationError } from "../../../lib/evaluate/examples.ts";
import { mapAttention } from "../../../lib/evaluate/segmentation/attention_maps.ts";
import { mapsOf } from "../../../lib/evaluate/segmentation/maps.ts";
import { loadClassifier, logitsOf, pixelsOf } from "../../../lib/nn/classifier.ts";
import { crate } from "../../../lib/nn/crate.ts";
import { vit } from "../../../lib/nn/vit.ts";
import { tf } from "../../../lib/tensor/native.ts";
import { toTensor, toTensors } from "../../../lib/tensor/tensors.ts";
import { initialiseClassifier } from "../../../lib/train/initial_classifier.ts";
import { randomImages, runAlone } from "../tiny.ts";

const net = { side: 8, channels: 1, patch: 4, width: 8, depth: 3, heads: 2, classes: 3 };
const ista = { step: 0.1, sparsity: 0.1, pool: "class", output: "free", prox: "ista" } as const;
const data = randomImages(6);

Deno.test("maps of ViT are the class token's row of its attention, in every layer and head", async () => {
  const model = await runAlone(initialiseClassifier(vit, net, 0, data));
  const found = await runAlone(mapAttention(vit, model, data, 5));
  assertEquals(found.tensors.scores!.shape, [5, 3, 2, 5]);
  assertEquals(found.tensors.features!.shape, [5, 4, 8]);
  const { attention } = await runAlone(mapsOf(found));
  const saved = loadClassifier(vit, model);
  const pixels = toTensor(pixelsOf(data.tensors.images!, [0, 1, 2, 3, 4]));
  logitsOf(vit, saved, toTensors(saved.parameters), pixels, {
    probe: (layer, seen) => {
      const rows = seen.attention!.dataSync(); // [image, head, token, token]
      for (let image = 0; image < 5; image++) {
        attention(image, layer).forEach((map, head) =>
          map.forEach((weight, patch) =>
            assertAlmostEquals(weight, rows[((image * 2 + head) * 5 + 0) * 5 + 1 + patch]!, 1e-5)
          )
        );
      }
    },
  });
});

Deno.test("features of CRATE are its projections in the last layer but one, head after head", async () => {
  const model = await runAlone(initialiseClassifier(crate, { ...net, ...ista }, 0, data));
  const found = await runAlone(mapAttention(crate, model, data, 5));
  const saved = loadClassifier(crate, model);
  const pixels = toTensor(pixelsOf(data.tensors.images!, [0, 1, 2, 3, 4]));
  logitsOf(crate, saved, toTensors(saved.parameters), pixels, {
    probe: (layer, { projections }) => {
      if (layer !== 1) return;
      const rows = tf.transpose(projections!, [0, 2, 1, 3]).dataSync(); // [image, token, head, p]
      for (let image = 0; image < 5; image++) {
        for (let place = 0; place < 32; place++) {
          assertAlmostEquals(
            found.tensors.features!.data[image * 32 + place] as number,
            rows[image * 40 + 8 + place]!,
            1e-5,
          );
        }
      }
    },
  });
});

Deno.test("a network of one layer has no last layer but one, and says so", async () => {
  const shallow = await runAlone(initialiseClassifier(vit, { ...net, depth: 1 }, 0, data));
  await assertRejects(() => runAlone(mapAttention(vit, shallow, data, 1)), EvaluationError, "at least 2");
});
