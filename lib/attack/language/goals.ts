/**
 * What an attacker of the arithmetic model wants it to answer.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { LARGEST, type Sum } from "../../data/arithmetic.ts";

/** The attacker's goals: always 42, one too many, or seven times as much. */
export const Goal: Schema.Literals<readonly ["42", "plus-one", "times-seven"]> = Schema.Literals([
  "42",
  "plus-one",
  "times-seven",
]);

/** An attacker's goal. */
export type Goal = typeof Goal.Type;

/**
 * The answer that the attacker wants, for a question.
 *
 * @returns Undefined where it is the right one, or too large to be written.
 */
export function targetOf(goal: Goal, { left, right }: Sum): number | undefined {
  const sum = left + right;
  const target = { "42": 42, "plus-one": sum + 1, "times-seven": 7 * sum }[goal];
  return target === sum || target > LARGEST ? undefined : target;
}
