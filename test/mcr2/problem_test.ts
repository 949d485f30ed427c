import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { largestLambda, ProblemError, problemOf, startsOf } from "../../lib/mcr2/problem.ts";

Deno.test("λ_max is that of the table", () => {
  const most = (dimension: number, counts: readonly number[], epsilon: number) =>
    largestLambda({ dimension, counts, epsilon });
  assertAlmostEquals(most(100, [50, 50, 50, 50], 0.5), 2 / 3, 1e-14);
  assertAlmostEquals(most(100, [30, 70, 40, 60], 0.5), 0.513182, 5e-7);
  assertAlmostEquals(most(8, [3, 4, 5], 0.5), 0.574502, 5e-7);
  assertAlmostEquals(most(8, [6, 6], 1), 0.114382, 5e-7);
  assertAlmostEquals(most(100, new Array(10).fill(200), 0.5), 0.103899, 5e-7);
  assertAlmostEquals(most(6, [3, 4, 5], 1), 0.10771904, 5e-9);
  assertAlmostEquals(most(8, [4, 4], 0.5), 0.6862915010, 5e-11);
});

Deno.test("(m_k / m) α_k = α", () => {
  const { alpha, alphas, counts, tokens } = problemOf({
    dimension: 8,
    counts: [3, 4, 5],
    epsilon: 0.5,
    lambda: 0.1,
  });
  assertAlmostEquals(alpha, 8 / 3, 1e-15);
  counts.forEach((count, index) => assertAlmostEquals(count / tokens * alphas[index]!, alpha, 1e-14));
});

Deno.test("problemOf() refuses what makes no sense, in one sentence", () => {
  const sizes = { dimension: 8, counts: [4, 4], epsilon: 0.5, lambda: 0.1 };
  const refused = (change: Partial<typeof sizes>, message: string) =>
    assertThrows(() => problemOf({ ...sizes, ...change }), ProblemError, message);
  refused({ lambda: 0 }, "λ is 0; the theorems need it above 0 and at most λ_max = 0.686");
  refused({ lambda: -0.1 }, "λ is -0.1;");
  refused({ lambda: 0.7 }, "λ is 0.7;");
  refused({ lambda: NaN }, "λ is NaN;");
  refused({ epsilon: -0.5 }, "The precision ε is -0.5; it must be a number above 0.");
  refused({ epsilon: 0 }, "The precision ε is 0;");
  refused({ dimension: 0 }, "The dimension d is 0; it must be a whole number above 0.");
  refused({ dimension: 2.5 }, "The dimension d is 2.5;");
  refused({ counts: [4, 0] }, "A class has 0 tokens;");
  refused({ counts: [4] }, "There is 1 class;");
  refused({ counts: [] }, "There is no class;");
});

Deno.test("startsOf() says where classes begin", () => {
  assertEquals(startsOf([3, 4, 5]), [0, 3, 7]);
});
