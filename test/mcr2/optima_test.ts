import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  bestGain,
  gain,
  globalOptimum,
  orbitDimension,
  stationary,
  turningPoint,
  valueOfRanks,
} from "../../lib/mcr2/optima.ts";
import { largestLambda, ProblemError, problemOf } from "../../lib/mcr2/problem.ts";

const table = [
  {
    sizes: { dimension: 100, counts: [50, 50, 50, 50], epsilon: 0.5, lambda: 0.1 },
    peaks: [6.865897],
    deviations: [2.620286],
    barriers: [0.0091030],
    gains: [0.4987029],
    digits: 7,
  },
  {
    sizes: { dimension: 100, counts: [30, 70, 40, 60], epsilon: 0.5, lambda: 0.1 },
    peaks: [7.920265, 5.809940, 7.393237, 6.338167],
    deviations: [2.814297, 2.410382, 2.719051, 2.517572],
    barriers: [0.00473, 0.01506, 0.00676, 0.01183],
    gains: [0.665697, 0.359002, 0.578256, 0.425860],
    digits: 5,
  },
  {
    sizes: { dimension: 8, counts: [3, 4, 5], epsilon: 0.5, lambda: 0.1 },
    peaks: [7.026246, 6.159056, 5.291009],
    deviations: [],
    barriers: [0.0050036, 0.0076107, 0.0110742],
    gains: [0.598673, 0.468066, 0.353229],
    digits: 7,
  },
  {
    sizes: { dimension: 8, counts: [6, 6], epsilon: 1, lambda: 0.05 },
    peaks: [7.602013],
    deviations: [],
    barriers: [0.147987],
    gains: [0.108919],
    digits: 6,
  },
];

Deno.test("x⁺, x⁻ and h are those of the table", () => {
  for (const { sizes, peaks, deviations, barriers, gains, digits } of table) {
    const problem = problemOf(sizes);
    peaks.forEach((peak, index) => {
      const found = stationary(problem, index);
      assertAlmostEquals(found.peak, peak, 5.1e-7);
      assertAlmostEquals(found.barrier, barriers[index]!, 0.51 * 10 ** -digits);
      assertAlmostEquals(bestGain(problem, index), gains[index]!, 5.1e-7);
      if (deviations[index] !== undefined) {
        assertAlmostEquals(Math.sqrt(found.peak), deviations[index], 5.1e-7);
      }
      assertAlmostEquals(
        found.peak * found.barrier,
        problem.tokens / (problem.counts[index]! * problem.alphas[index]! ** 2),
        1e-14,
      );
    });
  }
});

Deno.test("σ⁺ and h of the networks' problems", () => {
  const three = problemOf({ dimension: 128, counts: [100, 100, 100], epsilon: Math.SQRT1_2, lambda: 0.002 });
  assertAlmostEquals(Math.sqrt(stationary(three, 0).peak), 18.214540, 5e-7);
  assertAlmostEquals(bestGain(three, 0), 1.368640, 5e-7);
  assertAlmostEquals(globalOptimum(three).value, 175.186, 5e-4);
  const two = problemOf({ dimension: 128, counts: [100, 100], epsilon: Math.SQRT1_2, lambda: 0.002 });
  assertAlmostEquals(Math.sqrt(stationary(two, 0).peak), 15.774248, 5e-7);
  assertAlmostEquals(bestGain(two, 0), 1.019966, 5e-7);
  const ten = problemOf({ dimension: 100, counts: new Array(10).fill(200), epsilon: 0.5, lambda: 0.001 });
  assertAlmostEquals(Math.sqrt(stationary(ten, 0).peak), 29.908146, 5e-7);
  assertAlmostEquals(
    globalOptimum(problemOf({ dimension: 32, counts: [50, 50, 50], epsilon: Math.SQRT1_2, lambda: 0.002 }))
      .value,
    36.453,
    5e-4,
  );
});

Deno.test("at the optimum with norms held, λ = α/(1 + αx) − α/(1 + α_k x) makes x = m_k / r its root", () => {
  for (
    const [count, lambda, roots] of [
      [4, 0.3555555556, [0.03125, 1]],
      [6, 0.2370370370, [0.046875, 1.5]],
    ] as const
  ) {
    const sizes = { dimension: 8, counts: [count, count], epsilon: 0.5 };
    const { alpha, alphas } = problemOf({ ...sizes, lambda: largestLambda(sizes) });
    const x = count / 4;
    const held = alpha / (1 + alpha * x) - alpha / (1 + alphas[0]! * x);
    assertAlmostEquals(held, lambda, 1e-10);
    const { barrier, peak } = stationary(problemOf({ ...sizes, lambda: held }), 0);
    assertAlmostEquals(barrier, roots[0], 1e-14);
    assertAlmostEquals(peak, roots[1], 1e-14);
  }
});

Deno.test("h is stationary at both roots: a minimum at x⁻ and a maximum at x⁺", () => {
  const problem = problemOf({ dimension: 8, counts: [3, 4, 5], epsilon: 0.5, lambda: 0.1 });
  problem.counts.forEach((_, index) => {
    const { barrier, peak } = stationary(problem, index);
    const at = (x: number) => gain(problem, index, x);
    for (const factor of [0.9, 1.1]) {
      assert(at(barrier * factor) > at(barrier));
      assert(at(peak * factor) < at(peak));
    }
  });
});

Deno.test("at λ_max the roots of the largest class meet", () => {
  const sizes = { dimension: 8, counts: [3, 4, 5], epsilon: 0.5 };
  const { barrier, peak } = stationary(problemOf({ ...sizes, lambda: largestLambda(sizes) }), 2);
  assertAlmostEquals(peak / barrier, 1, 1e-6);
});

Deno.test("the global optimum fills small classes first", () => {
  const uneven = problemOf({ dimension: 100, counts: [30, 70, 40, 60], epsilon: 0.5, lambda: 0.1 });
  const { ranks, value } = globalOptimum(uneven);
  assertEquals(ranks, [30, 0, 40, 30]);
  assertAlmostEquals(value, 55.87697201, 5e-9);
  const even = problemOf({ dimension: 100, counts: [50, 50, 50, 50], epsilon: 0.5, lambda: 0.1 });
  assertAlmostEquals(globalOptimum(even).value, 49.87028557, 5e-9);
  const small = problemOf({ dimension: 20, counts: [6, 14, 8, 12], epsilon: 0.5, lambda: 0.1 });
  assertAlmostEquals(globalOptimum(small).value, 11.17539, 5e-6);
  // Where ascents of the table end, by the ranks that numpy found there.
  assertAlmostEquals(valueOfRanks(uneven, [25, 24, 26, 25]), 50.93964372, 5e-9);
  assertAlmostEquals(valueOfRanks(small, [4, 6, 5, 5]), 9.83738, 5e-6);
  assertAlmostEquals(valueOfRanks(small, [5, 4, 5, 6]), 10.21094, 5e-6);
  assertAlmostEquals(valueOfRanks(small, [4, 5, 6, 5]), 10.05664, 5e-6);
  const roomy = problemOf({ dimension: 20, counts: [4, 4, 4], epsilon: 0.5, lambda: 0.1 });
  assertEquals(globalOptimum(roomy).ranks, [4, 4, 4]);
  assertAlmostEquals(globalOptimum(roomy).value, 9.10007974, 5e-9);
});

Deno.test("valueOfRanks() and orbitDimension() are those of the table", () => {
  const sizes = { dimension: 6, counts: [3, 4, 5], epsilon: 1 };
  const problem = problemOf({ ...sizes, lambda: largestLambda(sizes) / 4 });
  assertAlmostEquals(problem.lambda, 0.02692976, 5e-9);
  const peaks = [25.310720, 22.028565, 18.739015];
  const barriers = [0.0395090, 0.0605275, 0.0889410];
  peaks.forEach((peak, index) => {
    assertAlmostEquals(stationary(problem, index).peak, peak, 6e-7);
    assertAlmostEquals(stationary(problem, index).barrier, barriers[index]!, 6e-8);
  });
  for (
    const [ranks, value, dimension] of [
      [[2, 2, 2], 2.18258433, 27],
      [[1, 2, 3], 1.96884087, 27],
      [[3, 3, 0], 2.49530257, 18],
      [[1, 1, 1], 2.18258433 / 2, 21], // half of ranks 2, 2, 2: F is a sum over directions
      [[3, 0, 0], 1.41980431, 12],
      [[0, 0, 5], 1.29762320, 15],
      [[0, 0, 0], 0, 0],
    ] as const
  ) {
    assertAlmostEquals(valueOfRanks(problem, ranks), value, 6e-9);
    assertEquals(orbitDimension(problem, ranks), dimension);
  }
});

Deno.test("the global claim turns at the λ of the table, which the number of classes alone decides", () => {
  for (
    const [classes, share] of [[2, 0.86713], [3, 0.87047], [4, 0.87365], [10, 0.88739], [
      100,
      0.93164,
    ]] as const
  ) {
    const sizes = (dimension: number, each: number, epsilon: number) => ({
      dimension,
      counts: new Array<number>(classes).fill(each),
      epsilon,
    });
    assertAlmostEquals(turningPoint(sizes(100, 10, 0.5), 0)!, share, 5e-6);
    assertAlmostEquals(turningPoint(sizes(7, 31, 1.3), 0)!, share, 5e-6);
  }
});

Deno.test("ranks that cannot be get a sentence", () => {
  const problem = problemOf({ dimension: 6, counts: [3, 4, 5], epsilon: 1, lambda: 0.02 });
  const refused = (ranks: readonly number[], message: string) =>
    assertThrows(() => valueOfRanks(problem, ranks), ProblemError, message);
  refused([4, 0, 0], "Class 0 is given the rank 4; with 3 tokens in 6 dimensions it can have 0 to 3.");
  refused([-1, 0, 0], "Class 0 is given the rank -1;");
  refused([1, 1.5, 0], "Class 1 is given the rank 1.5;");
  refused([3, 3, 1], "The ranks 3, 3, 1 sum to 7; orthogonal subspaces in 6 dimensions have room for 6.");
  refused([1, 1], "There are 2 ranks for 3 classes.");
});
