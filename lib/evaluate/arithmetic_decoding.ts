/**
 * Letting the arithmetic model think and answer, with as much compute as it is given.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import { ANSWER, PASS, tokensOfText } from "../data/arithmetic.ts";
import { Count } from "../nn/config.ts";
import { embedText, type LoopedConfig, tellTokens, think } from "../nn/looped_language.ts";
import type { Parameters } from "../nn/parameters.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { tf } from "../tensor/native.ts";
import type { Arrays, Tensors } from "../tensor/tensors.ts";
import { computeInBatches } from "./batches.ts";
import { columns, widened } from "./columns.ts";

/** What a model is given to think with. */
export const Compute = Schema.Struct({
  /** Loops of the core for each token. */
  loops: Count,
  /** Passes of thinking that it is made to write before it may answer. */
  passes: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 16 })),
});

/** What a model is given to think with. */
export type Compute = typeof Compute.Type;

/** A model that was read from a checkpoint. */
export interface ArithmeticModel {
  /** Its configuration. */
  readonly config: LoopedConfig;
  /** Its values. */
  readonly parameters: Arrays;
}

/** Texts read at a time. */
export const BATCH = 100;

/** The digits. */
const DIGITS = 10;

/** What a model wrote. */
export interface Written {
  /** Its thinking, int32 [n, 5 · passes]. */
  readonly thought: Tensor;
  /** The digits of its answers, units first: int32 [n, 3]. */
  readonly answers: Tensor;
  /** The chance that it would have thought (on) rather than answered, before each pass and the answer: float32 [n, passes + 1]. */
  readonly onward: Tensor;
}

/** How texts become what the loops read [B, T, width]: from their tokens alone, or with an attacker's vectors among them. */
export type Embed = (parameters: Parameters, batch: Tensors) => TensorFlow.Tensor;

/** What a decoding may have besides prompts and compute. */
export interface DecodingOptions {
  /** How texts are embedded; as they are, unless given. */
  readonly embed?: Embed;
  /** What `embed` needs, with a row for each text. */
  readonly extra?: Arrays;
  /**
   * Draws from 0 to 1, float32 [n, 3], by which the digits of the answers are chosen from the model's distribution. The
   * likeliest are taken where it is absent, as they always are in thinking.
   */
  readonly draws?: Tensor;
}

/** Embeds the tokens as they are. */
const plain: Embed = (parameters, { tokens }) => embedText(parameters, tokens!);

/**
 * Lets a model write its passes of thinking and its answer. The letters before each pass and before the answer are put
 * there for it, so that it thinks exactly as long as it is told.
 *
 * Needs TensorFlow to be loaded.
 *
 * @param prompts int32 [n, p].
 */
export const decode = Effect.fnUntraced(function* (
  { config, parameters }: ArithmeticModel,
  prompts: Tensor,
  { loops, passes }: Compute,
  { embed = plain, extra = {}, draws }: DecodingOptions = {},
): Effect.fn.Return<Written, unknown, Running> {
  const [count, start] = prompts.shape as [number, number];
  const length = start + passes * PASS + ANSWER - 1;
  const { tokens, onward } = yield* computeInBatches({
    parameters,
    examples: {
      ...extra,
      tokens: widened(prompts, length),
      place: tensor("int32", [count], new Int32Array(count)),
      draws: draws ?? tensor("float32", [count, ANSWER - 1], new Float32Array(count * (ANSWER - 1)).fill(-1)),
    },
    size: BATCH,
    compute: (parameters, batch) => {
      const states = think(parameters, embed(parameters, batch), config, loops).at(-1)!;
      return { logits: logitsAt(parameters, states, batch.place!) };
    },
    use: (run, batch) => write(run, batch, start, passes),
  });
  return {
    thought: columns(tokens!, start, passes * PASS),
    answers: columns(tokens!, start + passes * PASS + 1, ANSWER - 1),
    onward: onward!,
  };
});

/** The logits [B, vocabulary] after the place [B] of each text. */
function logitsAt(
  parameters: Parameters,
  states: TensorFlow.Tensor,
  place: TensorFlow.Tensor,
): TensorFlow.Tensor {
  const here = tf.oneHot(place as TensorFlow.Tensor1D, states.shape[1]!, 1, 0, "float32");
  return tellTokens(parameters, tf.squeeze(tf.matMul(tf.expandDims(here, 1), states), [1]));
}

/** Writes passes and answers behind the prompts, digit by digit. The answer's last digit has a column of its own. */
function write(run: (batch: Arrays) => Arrays, batch: Arrays, start: number, passes: number): Arrays {
  const [rows, length] = batch.tokens!.shape as [number, number];
  const tokens = (batch.tokens!.data as Int32Array).slice();
  const written = new Int32Array(rows * (length + 1));
  const onward = new Float32Array(rows * (passes + 1));
  const put = (place: number, at: (row: number) => number) => {
    for (let row = 0; row < rows; row++) {
      written[row * (length + 1) + place] = at(row);
      if (place < length) tokens[row * length + place] = at(row);
    }
  };
  const logitsAfter = (place: number) => {
    const { logits } = run({
      ...batch,
      tokens: tensor("int32", [rows, length], tokens),
      place: tensor("int32", [rows], new Int32Array(rows).fill(place)),
    });
    const width = logits!.shape[1]!;
    return (row: number) => logits!.data.subarray(row * width, (row + 1) * width) as Float32Array;
  };
  const [think, answer] = tokensOfText("TA") as [number, number];
  let place = start;
  for (let part = 0; part <= passes; part++) {
    const isAnswer = part === passes;
    const before = logitsAfter(place - 1);
    for (let row = 0; row < rows; row++) {
      const logits = before(row);
      onward[row * (passes + 1) + part] = 1 / (1 + Math.exp(logits[answer]! - logits[think]!));
    }
    put(place++, () => isAnswer ? answer : think);
    for (let digit = 1; digit < (isAnswer ? ANSWER : PASS); digit++) {
      const after = logitsAfter(place - 1);
      const draw = (row: number) => isAnswer ? Number(batch.draws!.data[row * (ANSWER - 1) + digit - 1]) : -1;
      put(place++, (row) => digitOf(after(row), draw(row)));
    }
  }
  return {
    tokens: tensor("int32", [rows, length + 1], written),
    onward: tensor("float32", [rows, passes + 1], onward),
  };
}

/** The digit that a draw from 0 to 1 chooses among those of some logits; the likeliest for a draw below 0. */
function digitOf(logits: Float32Array, draw: number): number {
  const digits = logits.subarray(0, DIGITS);
  const most = Math.max(...digits);
  if (draw < 0) return digits.indexOf(most);
  const shares = Array.from(digits, (logit) => Math.exp(logit - most));
  let left = draw * shares.reduce((sum, share) => sum + share, 0);
  const chosen = shares.findIndex((share) => (left -= share) < 0);
  return chosen < 0 ? DIGITS - 1 : chosen;
}
