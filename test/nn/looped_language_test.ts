import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  embedText,
  loopedLanguage,
  loopedOperations,
  tellTokens,
  think,
} from "../../lib/nn/looped_language.ts";
import { elementCount, tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import { mapValues, toTensors } from "../../lib/tensor/tensors.ts";
import "./tensorflow.ts";

const config = { vocabulary: 5, context: 4, width: 8, depth: 1, heads: 2, loops: [1, 3] };
const tokens = [[0, 3, 1, 4], [2, 2, 0, 1]];

/** Every value follows from the name's length and its place, as in `looped_language_reference.py`. */
const parameters = mapValues(
  loopedLanguage.specs(config),
  ({ shape }, name) =>
    tensor(
      "float32",
      [...shape],
      Float32Array.from(
        { length: elementCount(shape) },
        (_, place) => Math.sin(name.length + 1.7 * place) / 2,
      ),
    ),
);

/** Logits after the last token of both texts, by PyTorch, after each loop. */
const reference = [
  [0.190644, 0.347885, -0.28029, -0.275657, 0.351324, 0.042143, -0.240564, 0.019847, 0.23545, -0.08052],
  [0.507596, -0.075574, -0.488121, 0.201357, 0.436233, -0.103944, -0.113463, 0.133183, 0.079144, -0.153577],
  [0.423987, 0.408551, -0.529266, -0.272165, 0.5994, 0.013707, -0.287778, 0.06045, 0.272201, -0.130593],
];

Deno.test("think() is PyTorch's after each loop", () => {
  const found = tf.tidy(() => {
    const tensors = toTensors(parameters);
    const text = embedText(tensors, tf.tensor2d(tokens, undefined, "int32"));
    return think(tensors, text, config, 3).map((state) =>
      Array.from(tf.slice(tellTokens(tensors, state), [0, 3, 0], [-1, 1, -1]).dataSync())
    );
  });
  found.flat().forEach((logit, place) => assertAlmostEquals(logit, reference.flat()[place]!, 1e-4));
});

Deno.test("the forward pass of a looped language model runs as many loops as it is trained for at most", () => {
  const logits = tf.tidy(() => {
    const input = tf.tensor2d(tokens, undefined, "int32");
    return Array.from(
      tf.slice(loopedLanguage.forward(toTensors(parameters), input, config), [0, 3, 0], [-1, 1, -1])
        .dataSync(),
    );
  });
  logits.forEach((logit, place) => assertAlmostEquals(logit, reference[2]![place]!, 1e-4));
});

Deno.test("loopedOperations() counts two for each multiply-add of the core", () => {
  // 12 d² weights of maps, and gains and scales of 4 d.
  assertEquals(loopedOperations(config, 7, 3), 2 * (12 * 64 + 4 * 8) * 7 * 3);
});
