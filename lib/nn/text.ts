/**
 * Text as language models see it: tokens, windows of them, and the loss of telling each from those before it.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import { DataError } from "../data/folder.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";
import { softmaxCrossEntropy } from "../tensor/loss.ts";
import type { Network, Pass } from "./network.ts";
import type { Parameters } from "./parameters.ts";

/** What the configuration of any language model says. */
export interface TextConfig {
  /** Different tokens. */
  readonly vocabulary: number;
  /** The longest text, in tokens. */
  readonly context: number;
}

/** The tokens of a text, `tokens` int32 [n]; fails when they do not fit a model, or do not fill one of its windows. */
export function tokensOf(
  { about, tensors }: Dataset,
  { vocabulary, context }: TextConfig,
): Effect.Effect<Int32Array, DataError> {
  const tokens = tensors.tokens?.data;
  const refuse = (message: string) => Effect.fail(new DataError({ message: `${about.name} ${message}` }));
  if (!(tokens instanceof Int32Array)) return refuse("has no tokens, int32 [n].");
  if (tokens.length <= context) {
    return refuse(`has ${tokens.length} tokens, fewer than a window of ${context} + 1: load more text.`);
  }
  const stray = tokens.find((token) => token < 0 || token >= vocabulary);
  if (stray !== undefined) {
    return refuse(`has the token ${stray} where the network knows ${vocabulary}: set vocabulary.`);
  }
  return Effect.succeed(tokens);
}

/**
 * Windows of `length` + 1 tokens from given places: int32 [starts, length + 1].
 *
 * @example Usage
 * ```ts
 * import { windowsOf } from "./text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const tokens = Int32Array.of(10, 11, 12, 13, 14);
 * assertEquals(windowsOf(tokens, [0, 2], 2).data, Int32Array.of(10, 11, 12, 12, 13, 14));
 * ```
 */
export function windowsOf(tokens: Int32Array, starts: ArrayLike<number>, length: number): Tensor {
  const data = new Int32Array(starts.length * (length + 1));
  for (let row = 0; row < starts.length; row++) {
    const start = starts[row]!;
    data.set(tokens.subarray(start, start + length + 1), row * (length + 1));
  }
  return { dtype: "int32", shape: [starts.length, length + 1], data };
}

/**
 * The mean loss of windows of text, in nats a token.
 *
 * @param windows int32 [B, T + 1]: the first T tokens are read, the last T are to be told.
 */
export function languageLoss<Config extends TextConfig>(
  network: Network<Config>,
  config: Config,
  parameters: Parameters,
  windows: TensorFlow.Tensor,
  pass?: Pass,
): TensorFlow.Scalar {
  const length = windows.shape[1]! - 1;
  const read = windows.slice([0, 0], [-1, length]);
  const told = windows.slice([0, 1], [-1, length]).reshape([-1]);
  const logits = network.forward(parameters, read, config, pass).reshape([-1, config.vocabulary]);
  return softmaxCrossEntropy(logits, told) as TensorFlow.Scalar;
}
