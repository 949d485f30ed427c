/**
 * Greedy coordinate gradient (Zou et al. 2023, arXiv 2307.15043): characters of the channel exchanged where the gradient
 * promises most.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../dag/running.ts";
import { ANSWER, CHANNEL, type Layout, vocabulary } from "../../data/arithmetic.ts";
import { uniform } from "../../data/random.ts";
import type { ArithmeticModel } from "../../evaluate/arithmetic_decoding.ts";
import { answerTokens, scoreDigits } from "../../evaluate/arithmetic_scoring.ts";
import { abreast } from "../../evaluate/columns.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { loadNetwork } from "../../nn/checkpoint.ts";
import { Count } from "../../nn/config.ts";
import { loopedLanguage, placeEmbeddings } from "../../nn/looped_language.ts";
import { parameter } from "../../nn/parameters.ts";
import { type Tensor, tensor } from "../../tensor/array.ts";
import { type CompiledFunction, compileFunction } from "../../tensor/compile.ts";
import { linear } from "../../tensor/linear.ts";
import { tf } from "../../tensor/native.ts";
import { questionsOf, targetsOf } from "./dataset.ts";
import { Goal } from "./goals.ts";
import { withScorer } from "./scorer.ts";

/** An attack by greedy coordinate gradient. */
export const Gcg = Schema.Struct({
  /** What it wants. */
  goal: Goal,
  /** Steps. */
  steps: Count,
  /** Exchanges that are tried in each step. */
  candidates: Count,
  /** Characters of each place, by the gradient's promise, that candidates are drawn from. */
  top: Count,
  /** The loops of the model that it is made for; it answers without passes of thinking. */
  loops: Count,
  /** The seed of the candidates. */
  seed: Schema.Int,
});

/** An attack by greedy coordinate gradient. */
export type Gcg = typeof Gcg.Type;

/**
 * Attacks questions by exchanging one character of the channel a step: the best of some candidates, each drawn from the
 * exchanges that the gradient of the aimed answer's likelihood with respect to one-hot characters promises most of.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns The questions with what was found in their channels, and `targets`.
 */
export const attackByGcg = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  data: Dataset,
  { goal, steps, candidates, top, loops, seed }: Gcg,
): Effect.fn.Return<Dataset, unknown, Running> {
  const { scratch, report } = yield* Running;
  const model = yield* Effect.try({
    try: () => loadNetwork(loopedLanguage, checkpoint),
    catch: (error) => error,
  });
  const { sums, prompts } = yield* questionsOf(data);
  const { slot } = data.about.layout as unknown as Layout;
  const targets = targetsOf(sums, goal);
  const aims = targets.map((target, row) => target < 0 ? sums[row]!.left + sums[row]!.right : target);
  const [count, width] = prompts.shape as [number, number];
  const many = {
    rows: count * candidates,
    aims: Array.from(aims).flatMap((aim) => new Array(candidates).fill(aim)),
  };
  const like = tensor("int32", [many.rows, width], new Int32Array(many.rows * width));
  const current = (prompts.data as Int32Array).slice();
  yield* Effect.acquireUseRelease(
    Effect.try({ try: () => compileGradient(model, prompts, slot, loops, scratch), catch: (error) => error }),
    (gradient) =>
      withScorer(model, { like, loops }, (score) =>
        Effect.gen(function* () {
          for (let step = 0; step < steps; step++) {
            const tokens = abreast(tensor("int32", [count, width], current), answerTokens(aims));
            const promise = gradient.run({ tokens }).promise!.data as Float32Array;
            const draws = uniform({ seed, stream: "gcg", step }, 2 * many.rows);
            const tried = new Int32Array(many.rows * width);
            for (let row = 0; row < count; row++) {
              for (let one = 0; one < candidates; one++) {
                const index = row * candidates + one;
                const place = Math.floor(slot * draws[2 * index]!);
                const start = (row * slot + place) * vocabulary.length;
                const best = likeliest(promise.subarray(start, start + vocabulary.length), top);
                tried.set(current.subarray(row * width, (row + 1) * width), index * width);
                tried[index * width + CHANNEL + place] =
                  best[Math.floor(best.length * draws[2 * index + 1]!)]!;
              }
            }
            const { answer } = score(tensor("int32", [many.rows, width], tried), many.aims);
            for (let row = 0; row < count; row++) {
              const own = answer.subarray(row * candidates, (row + 1) * candidates);
              const winner = row * candidates + own.indexOf(Math.max(...own));
              current.set(tried.subarray(winner * width, (winner + 1) * width), row * width);
            }
            report({ step: step + 1, total: steps });
            yield* Effect.yieldNow; // lets an interruption through
          }
        })),
    (gradient) => Effect.sync(() => gradient.dispose()),
  );
  return {
    about: { ...data.about, attack: "gcg", goal, strength: steps },
    tensors: {
      sums: data.tensors.sums!,
      prompts: tensor("int32", [count, width], current),
      targets: tensor("int32", [count], targets),
    },
  };
});

/** Compiles the gradient of the aimed answer's log-probability by the channel's one-hot characters [n, slot, vocabulary]. */
function compileGradient(
  { config, parameters }: ArithmeticModel,
  prompts: Tensor,
  slot: number,
  loops: number,
  folder: string,
): CompiledFunction {
  const count = prompts.shape[0]!;
  const length = prompts.shape[1]! + ANSWER;
  return compileFunction(
    (parameters, { tokens }) => {
      const read = tf.slice(tokens!, [0, 0], [count, length - 1]);
      const digits = tf.slice(tokens!, [0, length - ANSWER + 1], [count, ANSWER - 1]);
      const characters = tf.oneHot(read as TensorFlow.Tensor2D, config.vocabulary, 1, 0, "float32");
      const told = (characters: TensorFlow.Tensor) => {
        const embedded = placeEmbeddings(parameters, linear(characters, parameter(parameters, "embedding")));
        return tf.sum(scoreDigits(parameters, embedded, digits, config, loops).told) as TensorFlow.Scalar;
      };
      const promise = tf.grad(told)(characters);
      return { promise: tf.slice(promise, [0, CHANNEL, 0], [count, slot, config.vocabulary]) };
    },
    { parameters, inputs: { tokens: abreast(prompts, answerTokens(new Array(count).fill(0))) }, folder },
  );
}

/** The places of the greatest numbers. */
function likeliest(numbers: Float32Array, count: number): readonly number[] {
  return Array.from(numbers.keys()).toSorted((a, b) => numbers[b]! - numbers[a]!).slice(0, count);
}
