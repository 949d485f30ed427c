import { assertAlmostEquals, assertEquals } from "@std/assert";

/** Asserts that numbers are those expected, each within a tolerance. */
export function assertClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assertEquals(found.length, expected.length);
  for (let i = 0; i < expected.length; i++) assertAlmostEquals(found[i]!, expected[i]!, tolerance);
}
