import { assert, assertAlmostEquals } from "@std/assert";
import { join } from "node:path";
import { decodeGguf } from "../../lib/data/formats/gguf.ts";
import { digestOf } from "../../lib/data/sources/verify.ts";
import { smollm2 } from "../../lib/language/models.ts";
import { embedForLlama, llamaLogits, readLlama } from "../../lib/nn/llama.ts";
import { rotate } from "../../lib/nn/rotary.ts";
import { findCached } from "../../lib/setup/cache.ts";
import { tf } from "../../lib/tensor/native.ts";
import { toTensors } from "../../lib/tensor/tensors.ts";
import "./tensorflow.ts";

const weights = findCached(`data/smollm2-${digestOf(smollm2.expected).slice(0, 16)}`);

/**
 * "Review: A warm and funny film.\nSentiment: positive" and two more of the kind, then "Review: The plot is a complete mess
 * and the acting is awful.\nSentiment:".
 */
const prompt = [
  ...[21465, 42, 330, 3091, 284, 17025, 4771, 30, 198, 35658, 2572, 42, 2731, 198, 198],
  ...[21465, 42, 339, 1277, 967, 827, 2737, 1056, 30, 198, 35658, 2572, 42, 3524, 198, 198],
  ...[21465, 42, 378, 5044, 314, 33398, 429, 1120, 288, 9199, 30, 198, 35658, 2572, 42, 2731, 198, 198],
  ...[21465, 42, 378, 5049, 314, 253, 2994, 2394, 284, 260, 8947, 314, 29696, 30, 198, 35658, 2572, 42],
];
const [negative, positive] = [3524, 2731];

/** By `llama_reference.py`, in float64; and by llama.cpp, which rounds activations to 8 bits. */
const exact = { negative: 0.859455, positive: 0.059276, entropy: 0.97113 };
const llamaCpp = { negative: 0.845402, positive: 0.07278 };

Deno.test({
  name: "SmolLM2 from its GGUF file tells the next token as float64 does, and llama.cpp to within 0.03",
  ignore: weights === undefined,
  fn: () => {
    const file = join(weights!.folder, weights!.files.find((name) => name.endsWith(".gguf"))!);
    const { config, parameters } = readLlama(decodeGguf(Deno.readFileSync(file)));
    const tensors = toTensors(parameters);
    const [p, entropy] = tf.tidy(() => {
      const embedded = embedForLlama(tensors, tf.tensor2d([prompt], undefined, "int32"));
      const logits = llamaLogits(tensors, embedded, config);
      const logs = tf.logSoftmax(logits);
      const entropy = tf.neg(tf.sum(tf.mul(tf.exp(logs), logs)));
      return [tf.softmax(logits).dataSync(), entropy.dataSync()[0]!] as const;
    });
    tf.dispose(tensors);
    assertAlmostEquals(p[negative]!, exact.negative, 1e-4);
    assertAlmostEquals(p[positive]!, exact.positive, 1e-4);
    assertAlmostEquals(entropy, exact.entropy, 1e-3);
    assertAlmostEquals(p[negative]!, llamaCpp.negative, 0.03);
    assertAlmostEquals(p[positive]!, llamaCpp.positive, 0.03);
  },
});

Deno.test("rotate() leaves the first token and every length alone, and products to differences of places", () => {
  const [places, width] = [5, 8];
  const heads = tf.tidy(() => {
    const same = tf.tile(tf.randomNormal([1, 1, 1, width], 0, 1, "float32", 7), [1, 1, places, 1]);
    return [same, rotate(same as ReturnType<typeof rotate>, 100)].map((tensor) =>
      tensor.arraySync() as number[][][][]
    );
  });
  const [before, after] = heads.map((tensor) => tensor[0]![0]!);
  const dot = (a: number[], b: number[]) => a.reduce((sum, x, index) => sum + x * b[index]!, 0);
  before![0]!.forEach((x, feature) => assertAlmostEquals(after![0]![feature]!, x, 1e-6));
  after!.forEach((row) => assertAlmostEquals(dot(row, row), dot(before![0]!, before![0]!), 1e-4));
  assertAlmostEquals(dot(after![0]!, after![2]!), dot(after![2]!, after![4]!), 1e-4);
  assert(Math.abs(dot(after![0]!, after![1]!) - dot(after![0]!, after![2]!)) > 1e-3);
});
