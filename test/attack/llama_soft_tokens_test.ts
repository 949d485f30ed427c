import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { attackLlama } from "../../lib/attack/language/llama_soft_tokens.ts";
import { normal } from "../../lib/data/random.ts";
import { embedForLlama, type Llama, llamaLogits } from "../../lib/nn/llama.ts";
import { elementCount, tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import { mapValues, toTensors } from "../../lib/tensor/tensors.ts";
import { runAlone } from "../evaluate/tiny.ts";
import "../nn/tensorflow.ts";

const shapes = {
  embedding: [11, 8],
  norm: [8],
  "blocks.0.norm1": [8],
  "blocks.0.query": [8, 8],
  "blocks.0.key": [8, 4],
  "blocks.0.value": [8, 4],
  "blocks.0.output": [8, 8],
  "blocks.0.norm2": [8],
  "blocks.0.gate": [8, 12],
  "blocks.0.up": [8, 12],
  "blocks.0.down": [12, 8],
};

/** A Llama of one block, two heads of queries and one of keys. */
const llama: Llama = {
  config: { width: 8, depth: 1, heads: 2, sharedHeads: 1, base: 100, epsilon: 1e-5 },
  parameters: mapValues(
    shapes,
    (shape, name) =>
      tensor(
        "float32",
        shape,
        Float32Array.from(normal({ seed: 3, stream: name }, elementCount(shape)), (z) => z / 2),
      ),
  ),
};
const prompt = { before: [1, 2, 3], after: [4], choices: [5, 6], target: 1 };
const attack = { vectors: 2, steps: 40, learningRate: 0.1, count: 1, seed: 0 };

Deno.test("attackLlama() raises the probability of the attacker's choice, and begins where the model stands", async () => {
  const curve = await runAlone(attackLlama(llama, prompt, attack));
  assertEquals(curve.length, 41);
  assert(curve.at(-1)! > curve[0]! + 0.05, `${curve[0]} to ${curve.at(-1)}`);

  const start = Float32Array.from(normal({ seed: 0, stream: "llama-soft-tokens" }, 16), (z) => 0.1 * z);
  const expected = tf.tidy(() => {
    const tensors = toTensors(llama.parameters);
    const embed = (tokens: readonly number[]) =>
      embedForLlama(tensors, tf.tensor2d([[...tokens]], undefined, "int32"));
    const whole = tf.concat([embed(prompt.before), tf.tensor3d(start, [1, 2, 8]), embed(prompt.after)], 1);
    const logits = llamaLogits(tensors, whole, llama.config).dataSync();
    return 1 / (1 + Math.exp(logits[5]! - logits[6]!));
  });
  assertAlmostEquals(curve[0]!, expected, 1e-5);
});
