/**
 * What TSSA and softmax attention cost, measured on the operators alone.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../dag/running.ts";
import { normal } from "../data/random.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { softmaxAttention } from "../tensor/attention.ts";
import { type CompiledFunction, compileFunction } from "../tensor/compile.ts";
import { tf } from "../tensor/native.ts";
import { toTensor } from "../tensor/tensors.ts";
import { tssa } from "../tensor/tssa.ts";
import { costOf, type Scaling, timeRatio } from "./scaling.ts";
import { secondsPerCall } from "./stopwatch.ts";

/** What is timed. */
export const Timing = Schema.Struct({
  /** Numbers of tokens, rising: at least three. */
  tokens: Schema.Array(Schema.Int.check(Schema.isGreaterThan(0))).check(Schema.isMinLength(3)),
  /** The number of tokens at which the two are compared; one of `tokens`. */
  compareAt: Schema.Int,
  /**
   * The greatest number of tokens at which softmax attention is measured too; all unless given. With four heads, one of
   * its matrices takes 4 GiB at 16,384 tokens.
   */
  softmaxUpTo: Schema.optionalKey(Schema.Int),
  /** Attention heads. */
  heads: Schema.Int.check(Schema.isGreaterThan(0)),
  /** Features of a token, over all heads. */
  width: Schema.Int.check(Schema.isGreaterThan(0)),
  /** How many operators one call applies one after another, as a network of so many layers does. */
  layers: Schema.Int.check(Schema.isGreaterThan(0)),
  /** How often each is timed. */
  rounds: Schema.Int.check(Schema.isGreaterThan(1)),
  /** Seconds that one timing takes at least. */
  atLeast: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
}).check(
  Schema.makeFilter((timing) => {
    const { softmax } = tokensOf(timing);
    if (softmax.length < 3) {
      return {
        path: ["softmaxUpTo"],
        issue: `Expected at least three of the numbers of tokens, ${timing.tokens.join(", ")}`,
      };
    }
    return softmax.includes(timing.compareAt)
      ? undefined
      : { path: ["compareAt"], issue: `Expected one of the numbers of tokens, ${softmax.join(", ")}` };
  }),
);

/** What is timed. */
export type Timing = typeof Timing.Type;

/** The numbers of tokens at which each operator is measured. */
function tokensOf(
  { tokens, softmaxUpTo = Infinity }: { readonly tokens: readonly number[]; readonly softmaxUpTo?: number },
): Readonly<Record<Name, readonly number[]>> {
  return { tssa: tokens, softmax: tokens.filter((count) => count <= softmaxUpTo) };
}

/** An operator on projections [1, heads, tokens, width/heads]. */
type Operator = (projections: TensorFlow.Tensor) => TensorFlow.Tensor;

/** The cores, without the linear maps around them. Softmax attention has the projections as queries, keys and values. */
const operators: Readonly<Record<"tssa" | "softmax", Operator>> = {
  tssa: (w) => tssa(w, tf.ones([w.shape[1]!, 1])),
  softmax: (w) => softmaxAttention(w, w, w, { scale: w.shape[3]! ** -0.5 }),
};

type Name = keyof typeof operators;

/**
 * Measures time and memory of TSSA and of softmax attention against the number of tokens.
 *
 * Time is that of a compiled stack of operators, so that its layers share the cost of the call as such; each round visits
 * both operators at all sizes, so that a disturbance does not fall on one alone. Memory is what the tensors of one eager
 * operator hold at most. Needs TensorFlow to be loaded. Unlike other results, these differ from one execution to the
 * next: they are measurements of a machine.
 */
export const measureScaling = Effect.fnUntraced(function* (
  timing: Timing,
): Effect.fn.Return<Scaling, unknown, Running> {
  const { tokens, heads, width, compareAt } = timing;
  const compared = tokens.indexOf(compareAt);
  const seconds = yield* timeRounds(timing);
  const measured = tokensOf(timing);
  const bytes = (name: Name) =>
    Effect.forEach(
      measured[name],
      (count) => Effect.promise(() => peakBytes(operators[name], projections(count, timing))),
    );
  const tssa = costOf(measured.tssa, seconds.tssa, yield* bytes("tssa"));
  const softmax = costOf(measured.softmax, seconds.softmax, yield* bytes("softmax"));
  const time = timeRatio(softmax.rounds[compared]!, tssa.rounds[compared]!);
  return { tokens, heads, width, tssa, softmax, ratio: { tokens: compareAt, time } };
});

/** Seconds that a stack takes, by operator, number of tokens and round. */
const timeRounds = Effect.fnUntraced(function* (
  timing: Timing,
): Effect.fn.Return<Readonly<Record<Name, number[][]>>, unknown, Running> {
  const { scratch, report } = yield* Running;
  const { tokens, layers, rounds, atLeast } = timing;
  const measured = tokensOf(timing);
  const stacks = tokens.flatMap((count, place) =>
    (["tssa", "softmax"] as const)
      .filter((name) => measured[name].includes(count))
      .map((name) => ({ name, place, count }))
  );
  const seconds = {
    tssa: measured.tssa.map((): number[] => []),
    softmax: measured.softmax.map((): number[] => []),
  };
  return yield* Effect.acquireUseRelease(
    Effect.sync(() =>
      stacks.map(({ name, count }) =>
        compileStack(operators[name], layers, projections(count, timing), scratch)
      )
    ),
    (compiled) =>
      Effect.gen(function* () {
        // The first round warms up and does not count.
        for (let round = 0; round <= rounds; round++) {
          for (const [index, { name, place }] of stacks.entries()) {
            const taken = secondsPerCall(() => void compiled[index]!.run({}), { atLeast });
            if (round > 0) seconds[name][place]!.push(taken);
            yield* Effect.yieldNow; // lets an interruption through
          }
          report({ step: round, total: rounds, unit: "rounds" });
        }
        return seconds;
      }),
    (compiled) => Effect.sync(() => compiled.forEach((stack) => stack.dispose())),
  );
});

/** Applies an operator `layers` times. The result is one number, which waits for all and costs no copy. */
function compileStack(operator: Operator, layers: number, w: Tensor, folder: string): CompiledFunction {
  return compileFunction((parameters) => {
    let x = parameters.w!;
    for (let layer = 0; layer < layers; layer++) x = operator(x);
    return { first: tf.slice(x, [0, 0, 0, 0], [1, 1, 1, 1]) };
  }, { parameters: { w }, inputs: {}, folder });
}

/** Bytes that tensors hold at most during one call, beyond those of its input. */
async function peakBytes(operator: Operator, w: Tensor): Promise<number> {
  const input = toTensor(w);
  const before = tf.memory().numBytes;
  const { peakBytes } = await tf.profile(() => tf.tidy(() => void operator(input)));
  input.dispose();
  return peakBytes - before;
}

/** Standard normal projections [1, heads, tokens, width/heads]: their values do not matter, but are the same each time. */
function projections(tokens: number, { heads, width }: Timing): Tensor {
  const draws = Float32Array.from(normal({ seed: 0, stream: "projections" }, tokens * width));
  return tensor("float32", [1, heads, tokens, width / heads], draws);
}
