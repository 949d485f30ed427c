/**
 * Scoring many texts against an attacker's aim, with one compiled function.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import { Running } from "../../dag/running.ts";
import { ANSWER, tokensOfText } from "../../data/arithmetic.ts";
import type { ArithmeticModel } from "../../evaluate/arithmetic_decoding.ts";
import { answerTokens, scoreDigits } from "../../evaluate/arithmetic_scoring.ts";
import { abreast } from "../../evaluate/columns.ts";
import { embedText, type LoopedConfig, tellTokens, think } from "../../nn/looped_language.ts";
import type { Parameters } from "../../nn/parameters.ts";
import type { Tensor } from "../../tensor/array.ts";
import { compileFunction } from "../../tensor/compile.ts";
import { tf } from "../../tensor/native.ts";
import type { Tensors } from "../../tensor/tensors.ts";

/** What a model makes of texts, one number for each. */
export interface Scores {
  /** The log-probability of the aimed answer, when it is given at once. */
  readonly answer: Float32Array;
  /** The log-probability of thinking first. */
  readonly onward: Float32Array;
  /** 1 where the likeliest answer is the aimed one. */
  readonly reached: Float32Array;
}

/** Scores prompts, int32 [n, p], against aims, one number for each. */
export type Scorer = (prompts: Tensor, aims: ArrayLike<number>) => Scores;

/**
 * Uses a scorer for so many prompts of one length at a time.
 *
 * Needs TensorFlow to be loaded.
 */
export function withScorer<A, E>(
  { config, parameters }: ArithmeticModel,
  { like, loops }: { readonly like: Tensor; readonly loops: number },
  use: (score: Scorer) => Effect.Effect<A, E, Running>,
): Effect.Effect<A, unknown, Running> {
  return Effect.gen(function* () {
    const { scratch } = yield* Running;
    const rows = like.shape[0]!;
    const inputs = { tokens: abreast(like, answerTokens(new Array(rows).fill(0))) };
    return yield* Effect.acquireUseRelease(
      Effect.try({
        try: () =>
          compileFunction((parameters, { tokens }) => scoresOf(parameters, tokens!, config, loops), {
            parameters,
            inputs,
            folder: scratch,
          }),
        catch: (error) => error,
      }),
      (compiled) =>
        use((prompts, aims) => {
          const found = compiled.run({ tokens: abreast(prompts, answerTokens(aims)) });
          const numbers = (name: keyof Scores) => found[name]!.data as Float32Array;
          return { answer: numbers("answer"), onward: numbers("onward"), reached: numbers("reached") };
        }),
      (compiled) => Effect.sync(() => compiled.dispose()),
    );
  });
}

/** Scores texts that end with an aimed answer, int32 [n, p + 4]. */
function scoresOf(
  parameters: Parameters,
  tokens: TensorFlow.Tensor,
  config: LoopedConfig,
  loops: number,
): Tensors {
  const [rows, length] = tokens.shape as [number, number];
  const embedded = embedText(parameters, tf.slice(tokens, [0, 0], [rows, length - 1]));
  const digits = tf.slice(tokens, [0, length - ANSWER + 1], [rows, ANSWER - 1]);
  const { told, best } = scoreDigits(parameters, embedded, digits, config, loops);
  const [onward, answer] = tokensOfText("TA") as [number, number];
  const last = length - ANSWER - 1; // the prompt's last token, after which the model thinks or answers
  const states = think(parameters, embedded, config, loops).at(-1)!;
  const logits = tellTokens(
    parameters,
    tf.reshape(tf.slice(states, [0, last, 0], [rows, 1, -1]), [rows, config.width]),
  );
  const lead = tf.sub(tf.slice(logits, [0, onward], [rows, 1]), tf.slice(logits, [0, answer], [rows, 1]));
  return {
    answer: tf.sum(told, 1),
    onward: tf.neg(tf.softplus(tf.neg(tf.reshape(lead, [rows])))),
    reached: tf.min(tf.cast(tf.greaterEqual(told, best), "float32"), 1),
  };
}
