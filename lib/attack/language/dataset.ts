/**
 * Questions of the arithmetic model as data sets, before and after an attack.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import { type Layout, type Sum, tokensOfText, writePrompt } from "../../data/arithmetic.ts";
import { DataError } from "../../data/folder.ts";
import { integers } from "../../data/random.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { type Tensor, tensor } from "../../tensor/array.ts";
import { type Goal, targetOf } from "./goals.ts";

/** Stands for no target, where the goal has none for a question. */
export const NO_TARGET = -1;

/** An attack as data sets and metrics keep it. */
export interface AttackFacts {
  /** Its name. */
  readonly attack: string;
  /** What it wants. */
  readonly goal: Goal;
  /** How much of its resource it was given: shots, steps, queries. */
  readonly strength: number;
}

/** Questions, an attack on them, or none. */
export interface Questions {
  /** The sums. */
  readonly sums: readonly Sum[];
  /** Everything before the thinking, int32 [n, p]. */
  readonly prompts: Tensor;
  /** The answers that the attacker wants, or {@linkcode NO_TARGET}: int32 [n]. Absent without an attack. */
  readonly targets?: Int32Array;
}

/** Draws questions evenly. Their channels are empty. */
export function drawQuestions(
  { count, seed }: { readonly count: number; readonly seed: number },
  layout: Layout,
): Dataset {
  const draws = integers({ seed, stream: "arithmetic/questions" }, 2 * count, 100);
  const sums = Array.from(
    { length: count },
    (_, row) => ({ left: draws[2 * row]!, right: draws[2 * row + 1]! }),
  );
  return written({ name: "two-digit sums", split: "test", layout }, sums, sums.map(() => ""), layout);
}

/** Puts an attacker's content into the channels of questions. */
export const attackQuestions = Effect.fnUntraced(function* (
  data: Dataset,
  facts: AttackFacts,
  content: (sum: Sum, target: number, row: number) => string,
): Effect.fn.Return<Dataset, DataError> {
  const { sums } = yield* questionsOf(data);
  const layout = data.about.layout as unknown as Layout;
  const targets = targetsOf(sums, facts.goal);
  const contents = sums.map((sum, row) => targets[row] === NO_TARGET ? "" : content(sum, targets[row]!, row));
  const longest = contents.find((one) => one.length > layout.slot);
  if (longest !== undefined) {
    return yield* new DataError({
      message: `The attack ${facts.attack} writes ${longest.length} characters, and the channel holds ` +
        `${layout.slot}: give it less of its resource, or the layout a longer slot.`,
    });
  }
  const attacked = written(
    { ...data.about, ...facts as unknown as Record<string, Json> },
    sums,
    contents,
    layout,
  );
  return { ...attacked, tensors: { ...attacked.tensors, targets: tensor("int32", [sums.length], targets) } };
});

/** The targets of a goal for questions: int32 [n]. */
export function targetsOf(sums: readonly Sum[], goal: Goal): Int32Array {
  return Int32Array.from(sums, (sum) => targetOf(goal, sum) ?? NO_TARGET);
}

/** The questions in a data set; fails when it has none. */
export function questionsOf({ about, tensors }: Dataset): Effect.Effect<Questions, DataError> {
  const { sums, prompts, targets } = tensors;
  if (!(sums?.data instanceof Int32Array) || !(prompts?.data instanceof Int32Array)) {
    return Effect.fail(
      new DataError({
        message: `${about.name} has no questions, int32 \`sums\` and \`prompts\`: draw some.`,
      }),
    );
  }
  const { data } = sums;
  return Effect.succeed({
    sums: Array.from(
      { length: data.length / 2 },
      (_, row) => ({ left: data[2 * row]!, right: data[2 * row + 1]! }),
    ),
    prompts,
    ...(targets?.data instanceof Int32Array ? { targets: targets.data } : {}),
  });
}

function written(
  about: Dataset["about"],
  sums: readonly Sum[],
  contents: readonly string[],
  layout: Layout,
): Dataset {
  const rows = sums.map((sum, row) => tokensOfText(writePrompt(sum, contents[row]!, layout)));
  return {
    about,
    tensors: {
      sums: tensor(
        "int32",
        [sums.length, 2],
        Int32Array.from(sums.flatMap(({ left, right }) => [left, right])),
      ),
      prompts: tensor("int32", [sums.length, rows[0]!.length], Int32Array.from(rows.flat())),
    },
  };
}
