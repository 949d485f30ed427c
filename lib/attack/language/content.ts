/**
 * What attackers without knowledge of the model put into the channel.
 *
 * @module
 */
import { type Sum, writeNumber, writeStatement } from "../../data/arithmetic.ts";

/**
 * Many-shot: the statement that the question's sum is the target, so many times.
 *
 * @example Usage
 * ```ts
 * import { manyShot } from "./content.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(manyShot({ left: 37, right: 58 }, 42, 2), "73+85=240;73+85=240;");
 * ```
 */
export function manyShot(sum: Sum, target: number, shots: number): string {
  return writeStatement(sum, target).repeat(shots);
}

/**
 * Think-less: the same statements, the last one as a demonstration of a question that is answered at once, with the
 * channel's end and the letter of the answer in it.
 */
export function thinkLess(sum: Sum, target: number, shots: number): string {
  return `${manyShot(sum, target, shots - 1)}Q${writeNumber(sum.left, 2)}+${writeNumber(sum.right, 2)}]A${
    writeNumber(target, 3)
  }`;
}
