import { assertAlmostEquals, assertEquals } from "@std/assert";
import { decidedness } from "../../lib/evaluate/memberships.ts";

Deno.test("decidedness() of undecided memberships is 1/heads and log(heads)", () => {
  const found = decidedness(new Float32Array(24).fill(0.25), [2, 4, 3]);
  assertAlmostEquals(found.meanMaximum, 0.25, 1e-12);
  assertAlmostEquals(found.meanEntropy, Math.log(4), 1e-12);
});

Deno.test("decidedness() of decided memberships is 1 and 0", () => {
  // Two images, two heads, two tokens.
  const found = decidedness(new Float32Array([1, 0, 0, 1, 0, 0, 1, 1]), [2, 2, 2]);
  assertEquals(found, { meanMaximum: 1, meanEntropy: 0 });
});
