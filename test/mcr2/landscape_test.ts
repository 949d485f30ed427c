import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ascend, gaussianStart, normOf } from "../../lib/mcr2/ascent.ts";
import { criticalPoint, orthonormal, sharedDirection } from "../../lib/mcr2/critical.ts";
import { hessian, hessianSpectrum } from "../../lib/mcr2/hessian.ts";
import { findCritical, isOfTheorem } from "../../lib/mcr2/landscape.ts";
import { evaluate } from "../../lib/mcr2/objective.ts";
import { largestLambda, ProblemError, problemOf } from "../../lib/mcr2/problem.ts";
import { describe } from "../../lib/mcr2/report.ts";
import { barrierOfRanks, maximumOfRanks, sharedSaddle } from "../../lib/mcr2/second_order.ts";
import { byFormula } from "./example.ts";

const sizes = { dimension: 6, counts: [3, 4, 5], epsilon: 1 };
const problem = problemOf({ ...sizes, lambda: largestLambda(sizes) / 4 });
const evenSizes = { dimension: 4, counts: [3, 3, 3, 3], epsilon: 1 };
const even = problemOf({ ...evenSizes, lambda: 0.1 * largestLambda(evenSizes) });

Deno.test("the Hessian is that of finite differences of the gradient", () => {
  const small = problemOf({ dimension: 3, counts: [2, 3], epsilon: 0.7, lambda: 0.05 });
  const features = byFormula(5, 3, 0.9);
  const { data } = hessian(small, features);
  const step = 1e-5;
  for (let column = 0; column < 15; column++) {
    const at = (move: number) => {
      const moved = features.data.slice();
      moved[column]! += move;
      return evaluate(small, { ...features, data: moved }).gradient.data;
    };
    const [ahead, behind] = [at(step), at(-step)];
    for (let row = 0; row < 15; row++) {
      assertAlmostEquals((ahead[row]! - behind[row]!) / (2 * step), data[row * 15 + column]!, 1e-8);
    }
  }
});

Deno.test("points of theorem 1 (i) are critical, curve nowhere up, and are flat along their orbit only", () => {
  for (const ranks of [[2, 2, 2], [1, 2, 3], [3, 3, 0], [1, 1, 1], [3, 0, 0], [0, 0, 5], [0, 0, 0]]) {
    for (const seed of [0, 1]) {
      const found = maximumOfRanks(problem, ranks, seed);
      assert(found.gradientNorm <= 1e-12);
      assert(found.valueError <= 1e-12);
      assert(found.largestCurvature <= 1e-10);
      assertEquals(found.unexplainedZeros, 0);
    }
  }
});

Deno.test("the Hessian's least eigenvalue is that of the table; at Z = 0 all are −λ", () => {
  const at = (ranks: readonly number[]) =>
    hessianSpectrum(problem, criticalPoint(problem, { ranks, seed: 3 }));
  assertAlmostEquals(at([2, 2, 2])[0]!, -0.4903, 5e-5);
  at([0, 0, 0]).forEach((value) => assertAlmostEquals(value, -problem.lambda, 1e-15));
});

Deno.test("a class at its barrier, and two classes in one direction, make saddles with the table's curvature", () => {
  const barrier = barrierOfRanks(problem, [2, 2, 2], 0);
  assert(barrier.gradientNorm <= 1e-14);
  assertAlmostEquals(barrier.largestCurvature, 0.04887, 5e-6);
  const shared = sharedSaddle(even, 0);
  assert(shared.gradientNorm <= 1e-14);
  assertAlmostEquals(shared.largestCurvature, 0.31029, 5e-6);
  // Each of the two classes has the square of singular value x = 20.194291.
  assertAlmostEquals(normOf(sharedDirection(even, 0)) ** 2, 2 * 20.194291, 2e-6);
});

Deno.test("sharedDirection() refuses classes of two sizes", () => {
  assertThrows(() => sharedDirection(problem, 0), ProblemError, "the first two have 3 and 4 tokens");
});

Deno.test("orthonormal() draws orthonormal vectors", () => {
  const vectors = orthonormal(6, 6, { seed: 1, stream: "test" });
  vectors.forEach((u, i) =>
    vectors.forEach((v, j) => {
      const product = u.reduce((sum, number, axis) => sum + number * v[axis]!, 0);
      assertAlmostEquals(product, i === j ? 1 : 0, 1e-14);
    })
  );
});

Deno.test("isOfTheorem() knows points of the theorem from saddles", () => {
  const built = (atBarrier?: number) =>
    criticalPoint(problem, { ranks: [2, 1, 2], seed: 5, ...(atBarrier === undefined ? {} : { atBarrier }) });
  assert(isOfTheorem(problem, built()));
  assert(!isOfTheorem(problem, built(0)));
  assert(!isOfTheorem(even, sharedDirection(even, 2)));
});

Deno.test("critical points from random starts are maxima of the theorem's form or strict saddles", () => {
  const small = { dimension: 3, counts: [2, 2], epsilon: 1 };
  const landscape = problemOf({ ...small, lambda: 0.3 * largestLambda(small) });
  const verdicts = Array.from({ length: 60 }, (_, seed) => findCritical(landscape, seed).verdict);
  assertEquals(new Set(verdicts), new Set(["maximum", "saddle"]));
});

Deno.test("ascent ends at the values of the table, in every dimension and at right angles", () => {
  for (
    const [dimension, counts, value] of [
      [20, [10, 10, 10, 10], 9.97405711],
      [20, [4, 4, 4], 9.10007974],
    ] as const
  ) {
    const climbed = problemOf({ dimension, counts, epsilon: 0.5, lambda: 0.1 });
    const start = gaussianStart(climbed, { deviation: 1, seed: 0 });
    const { features, values } = ascend(climbed, start, { stepSize: 1, tolerance: 1e-6, steps: 2000 });
    const found = describe(climbed, features);
    assertAlmostEquals(found.value, value, 6e-9);
    assertAlmostEquals(found.ratio, 1, 1e-12);
    assertEquals(found.rankGap, 0);
    assert(found.largestCosine < 1e-5);
    assert(found.peakError < 1e-5);
    assert(found.valueError! < 1e-11);
    values.slice(1).forEach((later, step) => assert(later >= values[step]! - 1e-13));
  }
});

// numpy with inv and slogdet: steps, F and ranks from the same start.
Deno.test("ascent takes numpy's steps from numpy's start", () => {
  for (
    const [counts, steps, value, ranks] of [
      [[10, 10, 10, 10], 363, 9.974057113509552, [5, 2, 4, 9]],
      [[6, 14, 8, 12], 631, 10.497048531304152, [5, 2, 6, 7]],
    ] as const
  ) {
    const climbed = problemOf({ dimension: 20, counts, epsilon: 0.5, lambda: 0.1 });
    const start = byFormula(40, 20, 0.7);
    const { features, values } = ascend(climbed, start, { stepSize: 1, tolerance: 1e-6, steps: 2000 });
    assertEquals(values.length - 1, steps);
    assertAlmostEquals(values.at(-1)!, value, 1e-12);
    assertEquals(describe(climbed, features).ranks, ranks);
  }
});

Deno.test("at d = 100 ascent ends at the table's F, with its spectrum and at right angles", () => {
  const climbed = problemOf({ dimension: 100, counts: [50, 50, 50, 50], epsilon: 0.5, lambda: 0.1 });
  const start = gaussianStart(climbed, { deviation: 1, seed: 0 });
  const { features } = ascend(climbed, start, { stepSize: 1, tolerance: 1e-6, steps: 2000 });
  const found = describe(climbed, features);
  assertAlmostEquals(found.value, 49.87028557, 5e-9);
  assertEquals(found.rankGap, 0);
  assert(found.peakError < 1e-12);
  assert(found.largestCosine < 1e-6);
});

Deno.test("with classes of different sizes ascent ends where the ranks say, below the global optimum", () => {
  const uneven = problemOf({ dimension: 20, counts: [6, 14, 8, 12], epsilon: 0.5, lambda: 0.1 });
  const start = gaussianStart(uneven, { deviation: 1, seed: 0 });
  const { features } = ascend(uneven, start, { stepSize: 1, tolerance: 1e-6, steps: 2000 });
  const { valueError, ratio, rankGap, ranks } = describe(uneven, features);
  assert(valueError! < 1e-12);
  assert(ratio < 0.99);
  assertEquals(rankGap, 0);
  assert(ranks.every((rank) => rank >= 3));
});

Deno.test("a start below the barrier collapses; one above it does not", () => {
  const climbed = problemOf({ dimension: 20, counts: [10, 10, 10, 10], epsilon: 0.5, lambda: 0.1 });
  const from = (deviation: number) =>
    ascend(climbed, gaussianStart(climbed, { deviation, seed: 0 }), {
      stepSize: 1,
      tolerance: 1e-6,
      steps: 2000,
    });
  assert(normOf(from(1e-3).features) < 1e-4);
  assert(normOf(from(1e-2).features) < 1e-4);
  assertAlmostEquals(from(0.05).values.at(-1)!, 9.97405711, 6e-9);
});
