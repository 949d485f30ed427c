/**
 * How often attacks on the arithmetic model succeed, by the compute that it thinks with.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { NO_TARGET, type Questions, questionsOf } from "../attack/language/dataset.ts";
import type { Json } from "../dag/canonical.ts";
import type { Running } from "../dag/running.ts";
import { ANSWER, numberOf, PASS } from "../data/arithmetic.ts";
import { DataError } from "../data/folder.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import { Count } from "../nn/config.ts";
import { loopedLanguage, loopedOperations } from "../nn/looped_language.ts";
import { mean } from "../stats/mean.ts";
import type { Tensor } from "../tensor/array.ts";
import { type ArithmeticModel, type Compute, decode } from "./arithmetic_decoding.ts";
import { joined } from "./batches.ts";

/** The computes that are tried: every number of loops with every number of passes up to the most. */
export const ComputeGrid = Schema.Struct({
  /** Loops, rising. */
  loops: Schema.Array(Count).check(Schema.isMinLength(1)),
  /** The most passes of thinking. */
  passes: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 16 })),
});

/** The computes that are tried. */
export type ComputeGrid = typeof ComputeGrid.Type;

/** The computes of a grid: by loops, then by passes. */
export function computesOf({ loops, passes }: ComputeGrid): readonly Compute[] {
  return loops.flatMap((loops) =>
    Array.from({ length: passes + 1 }, (_, count) => ({ loops, passes: count }))
  );
}

/** Tokens that a model writes with so many passes of thinking, its answer included. */
export function tokensWritten(passes: number): number {
  return passes * PASS + ANSWER;
}

/** What came of the questions with one compute. */
interface Outcome {
  /** The answers, a number for each question. */
  readonly answers: readonly number[];
  /** For each question, the chance to think on before each pass and before the answer. */
  readonly onward: readonly (readonly number[])[];
}

/**
 * Lets a model answer questions without and with attacks, with every compute of a grid.
 *
 * An attack succeeds on a question when the answer is the attacker's. Only those questions count that the same model
 * answers rightly with the same compute when it is not attacked.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns `computes` with their FLOPs a question (2 P · tokens written · loops); `accuracy` without attack at each; and
 * for each of the `attacks` its `success` at each compute, null where no question counts, and how many were `counted`.
 * `free`, for each number of loops, is what happens when the model itself decides whether to think on.
 */
export const measureRobustness = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  clean: Dataset,
  attacked: readonly Dataset[],
  grid: ComputeGrid,
): Effect.fn.Return<Metrics, unknown, Running> {
  const model = yield* Effect.try({
    try: () => loadNetwork(loopedLanguage, checkpoint),
    catch: (error) => error,
  });
  const computes = computesOf(grid);
  const questions = yield* questionsOf(clean);
  const attacks = yield* Effect.forEach(attacked, (one) => attackOn(questions, one));
  // All prompts together, so that each compute is compiled once.
  const prompts = joined([questions, ...attacks].map(({ prompts }) => prompts));
  const count = questions.sums.length;
  const outcomes = yield* Effect.forEach(computes, (compute) => outcomeOf(model, prompts, compute));
  const ofPart = (part: number): readonly Outcome[] =>
    outcomes.map(({ answers, onward }) => ({
      answers: answers.slice(part * count, (part + 1) * count),
      onward: onward.slice(part * count, (part + 1) * count),
    }));
  const right = ofPart(0).map(({ answers }) =>
    answers.map((answer, row) => answer === questions.sums[row]!.left + questions.sums[row]!.right)
  );
  return {
    computes: computes.map((compute) => ({
      ...compute,
      operations: loopedOperations(model.config, tokensWritten(compute.passes), compute.loops),
    })),
    accuracy: right.map((each) => mean(each.map(Number))),
    count,
    attacks: attacks.map(({ targets }, index) => ({
      ...factsOf(attacked[index]!),
      ...successes(targets, right, ofPart(index + 1), grid),
    })),
  };
});

/** The attack that a data set holds, of just these questions. */
const attackOn = Effect.fnUntraced(function* (
  { sums }: Questions,
  data: Dataset,
): Effect.fn.Return<Questions & { readonly targets: Int32Array }, DataError> {
  const found = yield* questionsOf(data);
  const { targets } = found;
  if (targets !== undefined && found.sums.length === sums.length) return { ...found, targets };
  return yield* new DataError({
    message:
      `${data.about.name} should hold an attack on ${sums.length} questions: attack those that are asked without it.`,
  });
});

/** The attack that a data set is of. */
export function factsOf({ about }: Dataset): Record<string, Json> {
  return { attack: about.attack ?? null, goal: about.goal ?? null, strength: about.strength ?? null };
}

const outcomeOf = Effect.fnUntraced(function* (
  model: ArithmeticModel,
  prompts: Tensor,
  compute: Compute,
): Effect.fn.Return<Outcome, unknown, Running> {
  const { answers, onward } = yield* decode(model, prompts, compute);
  return { answers: answersOf(answers), onward: rowsOf(onward) };
});

/** The numbers that digits write, int32 [n, 3]. */
export function answersOf(digits: Tensor): readonly number[] {
  return rowsOf(digits).map((row) => numberOf(row)!);
}

/** How often the answer is the target, among the questions that count. */
function successes(
  targets: Int32Array,
  right: readonly (readonly boolean[])[],
  outcomes: readonly Outcome[],
  grid: ComputeGrid,
): Record<string, Json> {
  const hits = outcomes.map(({ answers }) => answers.map((answer, row) => answer === targets[row]));
  const counting = right.map((each) =>
    each.flatMap((is, row) => is && targets[row] !== NO_TARGET ? [row] : [])
  );
  const lengths = grid.passes + 1;
  return {
    success: counting.map((rows, at) => shareOf(rows, (row) => Number(hits[at]![row]))),
    counted: counting.map((rows) => rows.length),
    free: grid.loops.map((loops, place) => {
      const first = place * lengths;
      const all = Array.from(targets.keys()).filter((row) =>
        targets[row] !== NO_TARGET && right.slice(first, first + lengths).every((each) => each[row])
      );
      const chances = outcomes[first + grid.passes]!.onward.map(chancesOfPasses);
      const expected = (of: (passes: number, row: number) => number) =>
        shareOf(
          all,
          (row) => chances[row]!.reduce((sum, chance, passes) => sum + chance * of(passes, row), 0),
        );
      return {
        loops,
        counted: all.length,
        success: expected((passes, row) => Number(hits[first + passes]![row])),
        tokens: expected((passes) => passes * PASS),
      };
    }),
  };
}

/**
 * The chances of thinking for 0, 1, … passes, when there is a chance to think on before each; there is no thinking on
 * after the last one.
 */
export function chancesOfPasses(onward: readonly number[]): readonly number[] {
  let reached = 1;
  return onward.map((chance, passes) => {
    const stops = passes === onward.length - 1 ? reached : reached * (1 - chance);
    reached *= chance;
    return stops;
  });
}

function shareOf(rows: readonly number[], of: (row: number) => number): number | null {
  return rows.length === 0 ? null : mean(rows.map(of));
}

function rowsOf({ shape, data }: Tensor): readonly (readonly number[])[] {
  const [rows, width] = shape as [number, number];
  return Array.from(
    { length: rows },
    (_, row) => Array.from(data.subarray(row * width, (row + 1) * width) as Float32Array | Int32Array),
  );
}
