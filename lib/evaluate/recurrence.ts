/**
 * The recurrent form of the ToST language model against its parallel form.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as TensorFlow from "@tensorflow/tfjs";
import { exactly } from "../claim/interval.ts";
import type { Json } from "../dag/canonical.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import type { LanguageConfig } from "../nn/language.ts";
import { emptyMemory, type Memory, readToken, tostLanguage } from "../nn/tost_language.ts";
import { tf } from "../tensor/native.ts";
import { type Arrays, freeing, toTensors } from "../tensor/tensors.ts";
import { tokensOf } from "../nn/text.ts";

/**
 * Reads the beginning of a text both ways, the recurrent one token by token with a state of fixed size.
 *
 * Needs TensorFlow to be loaded. Fails when the text does not fit the network, or the checkpoint is another's.
 *
 * @returns `difference`, the largest difference between the logits of both ways, relative to the largest logit;
 * `stateNumbers`, how many numbers a layer remembers, and `stateFormula`, h (2p + 1); `tokens` read.
 */
export const compareRecurrence = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  text: Dataset,
): Effect.fn.Return<Metrics, unknown> {
  const { config, parameters } = yield* Effect.try({
    try: () => loadNetwork(tostLanguage, checkpoint),
    catch: (error) => error,
  });
  const tokens = (yield* tokensOf(text, config)).subarray(0, config.context);
  const found = readBothWays(config, parameters, tokens);
  const { width, heads } = config;
  return {
    difference: exactly(found.difference) as unknown as Json,
    stateNumbers: found.stateNumbers,
    stateFormula: heads * (2 * (width / heads) + 1),
    tokens: tokens.length,
    data: text.about.name,
  };
});

function readBothWays(
  config: LanguageConfig,
  arrays: Arrays,
  tokens: Int32Array,
): { readonly difference: number; readonly stateNumbers: number } {
  return freeing(() => {
    const parameters = toTensors(arrays);
    const text = tf.tensor2d(tokens, [1, tokens.length], "int32");
    const parallel = tostLanguage.forward(parameters, text, config);
    let memory: Memory = emptyMemory(1, config);
    const logits = Array.from(tokens, (_, position) => {
      const token = tf.slice(text, [0, position], [1, 1]);
      const read = readToken(parameters, memory, token, position, config);
      memory = read.memory;
      return read.logits;
    });
    const recurrent = tf.concat(logits, 1);
    const largest = (tensor: TensorFlow.Tensor) => tf.max(tf.abs(tensor)).dataSync()[0]!;
    return {
      difference: largest(tf.sub(recurrent, parallel)) / largest(parallel),
      stateNumbers: Object.values(memory[0]!).reduce((sum, { size }) => sum + size, 0),
    };
  });
}
