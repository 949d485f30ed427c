/**
 * How likely the arithmetic model is to give a certain answer.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { ANSWER, tokensOfText, writeAnswer } from "../data/arithmetic.ts";
import { embedText, type LoopedConfig, tellTokens, think } from "../nn/looped_language.ts";
import type { Parameters } from "../nn/parameters.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { tf } from "../tensor/native.ts";
import { type ArithmeticModel, BATCH } from "./arithmetic_decoding.ts";
import { computeInBatches } from "./batches.ts";
import { abreast } from "./columns.ts";

/** The tokens of numbers as answers, "A" before their digits: int32 [n, 4]. */
export function answerTokens(values: ArrayLike<number>): Tensor {
  const tokens = Array.from(values, (value) => tokensOfText(writeAnswer(value))).flat();
  return tensor("int32", [values.length, ANSWER], Int32Array.from(tokens));
}

/** What a model makes of the digits of answers. */
export interface DigitScores {
  /** The log-probability of each digit given those before it, among the ten digits: [B, 3]. */
  readonly told: TensorFlow.Tensor;
  /** That of the likeliest digit in its place: [B, 3]. */
  readonly best: TensorFlow.Tensor;
}

/**
 * Scores the digits with which texts end.
 *
 * @param embedded The texts without their last digit [B, T, width].
 * @param digits Those digits, int32 [B, 3].
 */
export function scoreDigits(
  parameters: Parameters,
  embedded: TensorFlow.Tensor,
  digits: TensorFlow.Tensor,
  config: LoopedConfig,
  loops: number,
): DigitScores {
  const [batch, length] = embedded.shape as [number, number];
  const told = ANSWER - 1;
  const states = think(parameters, embedded, config, loops).at(-1)!;
  const logits = tellTokens(parameters, tf.slice(states, [0, length - told, 0], [batch, told, config.width]));
  const logProbabilities = tf.logSoftmax(tf.slice(logits, [0, 0, 0], [batch, told, 10]));
  const chosen = tf.oneHot(digits as TensorFlow.Tensor2D, 10, 1, 0, "float32");
  return { told: tf.sum(tf.mul(chosen, logProbabilities), 2), best: tf.max(logProbabilities, 2) };
}

/**
 * The probability of a number as the answer after texts, with the letter of the answer put there.
 *
 * Needs TensorFlow to be loaded.
 *
 * @param texts Prompts with what was thought, int32 [n, p].
 * @param values The numbers, one for each text.
 */
export const answerProbabilities = Effect.fnUntraced(function* (
  { config, parameters }: ArithmeticModel,
  texts: Tensor,
  values: ArrayLike<number>,
  loops: number,
): Effect.fn.Return<readonly number[], unknown, Running> {
  const length = texts.shape[1]! + ANSWER;
  const { found } = yield* computeInBatches({
    parameters,
    examples: { tokens: abreast(texts, answerTokens(values)) },
    size: BATCH,
    compute: (parameters, { tokens }) => {
      const read = embedText(parameters, tf.slice(tokens!, [0, 0], [-1, length - 1]));
      const digits = tf.slice(tokens!, [0, length - ANSWER + 1], [-1, ANSWER - 1]);
      return { found: tf.exp(tf.sum(scoreDigits(parameters, read, digits, config, loops).told, 1)) };
    },
  });
  return Array.from(found!.data as Float32Array);
});
