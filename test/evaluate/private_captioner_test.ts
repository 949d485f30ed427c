import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { drawScenes, SCENE_WORDS } from "../../lib/data/captioned_scenes.ts";
import { withFoils } from "../../lib/data/foiled.ts";
import { lossesOfCaptions, measureCaptionChoices, measureCaptionLoss } from "../../lib/evaluate/captions.ts";
import { compareCaptioner } from "../../lib/evaluate/ghost_captioner.ts";
import { probeNetwork, probePixels } from "../../lib/evaluate/image_probe.ts";
import { likeliest, trieOf } from "../../lib/evaluate/label_trie.ts";
import { classifyByCaption } from "../../lib/evaluate/zero_shot.ts";
import { captioner, type CaptionerConfig, captionLosses } from "../../lib/nn/captioner.ts";
import { loadNetwork } from "../../lib/nn/checkpoint.ts";
import { pixelsOf } from "../../lib/nn/classifier.ts";
import { plainLayers } from "../../lib/nn/layers.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { toTensor, toTensors } from "../../lib/tensor/tensors.ts";
import { initialCaptioner } from "../../lib/train/private/start.ts";
import "../nn/tensorflow.ts";
import { runAlone } from "./tiny.ts";

const config: CaptionerConfig = {
  encoder: { side: 32, channels: 3, patch: 16, width: 8, depth: 1, heads: 2 },
  decoder: { width: 8, depth: 1, heads: 2 },
  vocabulary: SCENE_WORDS.length,
  length: 16,
};
const model = initialCaptioner(config, 3);
const test = drawScenes({ count: 130, split: "test", seed: 0 });
const known = drawScenes({ count: 700, split: "known", seed: 0 });

Deno.test("the losses of captions are those of the network, in the order of the examples", async () => {
  const losses = await runAlone(lossesOfCaptions(model, test));
  const { parameters } = loadNetwork(captioner, model);
  const direct = captionLosses(
    plainLayers(toTensors(parameters)),
    toTensor(pixelsOf(test.tensors.images!, [0, 129])),
    toTensor(tensor("int32", [2, 17], [
      ...(test.tensors.captions!.data.subarray(0, 17) as Int32Array),
      ...(test.tensors.captions!.data.subarray(129 * 17) as Int32Array),
    ])),
    config,
  ).dataSync();
  assertAlmostEquals(losses[0]!, direct[0]!, 1e-5);
  assertAlmostEquals(losses[129]!, direct[1]!, 1e-5);
  const { loss, count } = await runAlone(measureCaptionLoss(model, test));
  assertEquals(count, 130);
  // Untrained, every word is about as likely as every other.
  assertAlmostEquals(loss as number, Math.log(SCENE_WORDS.length), 0.5);
});

Deno.test("an untrained captioner chooses among captions at about chance", async () => {
  const foiled = await Effect.runPromise(withFoils(test, 0));
  const { attribute, relation, order, count } = await runAlone(measureCaptionChoices(model, foiled));
  assert((count as number) > 60);
  assertAlmostEquals(attribute as number, 0.5, 0.25);
  assertAlmostEquals(relation as number, 0.5, 0.25);
  assertAlmostEquals(order as number, 0.2, 0.25);
});

Deno.test("an untrained captioner classifies at about chance, in both ways", async () => {
  const { likelihood, trie, chance } = await runAlone(
    classifyByCaption(model, test, { prompt: "a large", count: 30 }),
  );
  assertEquals(chance, 1 / 48);
  assert((likelihood as number) < 0.2 && (trie as number) < 0.2);
});

Deno.test("likeliest() ends where a label ends and ending is likelier", () => {
  const trie = trieOf([[5], [5, 6], [7]]);
  const five = trie.next.get(5)!;
  assertEquals(five.label, 0);
  assertEquals(likeliest(trie, (token) => token, 2), 7);
  assertEquals(likeliest(five, (token) => token === 2 ? 1 : 0, 2), 2);
  assertEquals(likeliest(five, (token) => token === 6 ? 1 : 0, 2), 6);
});

Deno.test("a probe of pixels finds what pixels tell, and more examples help", async () => {
  // Three classes by their brightness, with noise.
  const labels = Int32Array.from({ length: 120 }, (_, index) => index % 3);
  const images = new Uint8Array(120 * 16 * 3);
  images.forEach((_, index) => {
    const row = Math.floor(index / 48);
    images[index] = index % 3 === labels[row] ? 200 + (index * 7919) % 50 : 60 + (index * 104_729) % 50;
  });
  const data = {
    about: { name: "bright", split: "test", classes: ["red", "green", "blue"] },
    tensors: { images: tensor("uint8", [120, 4, 4, 3], images), labels: tensor("int32", [120], labels) },
  };
  const found = await Effect.runPromise(probePixels(data, data, 2, { shots: [1, 5], draws: 2, seed: 0 }));
  assertEquals(found.full, 1);
  assertEquals((found.shots as Record<string, number>).k5, 1);
});

Deno.test("probeNetwork() tells accuracies from few examples and from all, above chance on scenes", async () => {
  const found = await runAlone(
    probeNetwork(captioner, model, known, test, { shots: [1, 3], draws: 2, seed: 0 }),
  );
  assertEquals(Object.keys(found.shots as object), ["k1", "k3"]);
  assert((found.full as number) > 2 * (found.chance as number));
});

Deno.test("probes say what is missing when a class has too few examples", async () => {
  const failure = await Effect.runPromise(
    probePixels(test, test, 8, { shots: [20], draws: 1, seed: 0 }).pipe(Effect.flip),
  );
  assert((failure as { message: string }).message.includes("a probe wants 20 of each"));
});

Deno.test("ghost norms of a whole captioner are those of gradients made one by one", async () => {
  const { norms, layers, shortfall } = await Effect.runPromise(
    compareCaptioner(config, test, { count: 4, seed: 1 }),
  );
  assert((norms as number) < 1e-5);
  assert(Object.values(layers as Record<string, number>).every((difference) => difference < 1e-4));
  assert((shortfall as number) < 1e-9);
});
