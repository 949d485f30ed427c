import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { classRate, codingRate, evaluate, rateReduction } from "../../lib/mcr2/objective.ts";
import { type Problem, ProblemError, problemOf } from "../../lib/mcr2/problem.ts";
import { normOf } from "../../lib/mcr2/ascent.ts";
import { type Matrix64, matrix64 } from "../../lib/tensor/linalg64.ts";
import { transpose64 } from "../../lib/tensor/product64.ts";
import { byFormula } from "./example.ts";

/** The constants alone: λ may be anything here. */
function constants(dimension: number, counts: readonly number[], epsilon: number, lambda = 0): Problem {
  const tokens = counts.reduce((sum, count) => sum + count, 0);
  const rate = dimension / epsilon ** 2;
  return {
    dimension,
    counts,
    epsilon,
    lambda,
    tokens,
    alpha: rate / tokens,
    alphas: counts.map((count) => rate / count),
  };
}

Deno.test("R and R_c of two orthogonal pairs of equal tokens are those of the closed form", () => {
  // d = 3, ε = 1: α = 3/4, α_k = 3/2.
  const features = transpose64(matrix64([[1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]));
  const problem = constants(3, [2, 2], 1);
  assertAlmostEquals(codingRate(features, problem.alpha), 0.9162907319, 1e-10);
  assertAlmostEquals(classRate(problem, features), 0.6931471806, 1e-10);
});

// numpy with inv and slogdet, on the same numbers.
Deno.test("evaluate() equals numpy with more tokens than dimensions, and with fewer", () => {
  const many = byFormula(9, 5, 0.7);
  const first = constants(5, [2, 3, 4], 0.5, 0.1);
  assertAlmostEquals(codingRate(many, first.alpha), 7.270093815447959, 1e-12);
  assertAlmostEquals(classRate(first, many), 5.398201457948986, 1e-12);
  const { value, gradient } = evaluate(first, many);
  assertAlmostEquals(value, -0.8436087424911674, 1e-12);
  assertAlmostEquals(normOf(gradient), 0.8105770741317471, 1e-12);
  [
    -0.11920033755056413,
    -0.06962764561785113,
    -0.12434860616474505,
    0.05477699023757745,
    -0.061251405068226183,
  ]
    .forEach((number, axis) => assertAlmostEquals(gradient.data[axis]!, number, 1e-13));

  const second = constants(8, [2, 4], 0.8, 0.02);
  const few = evaluate(second, byFormula(6, 8, 0.7));
  assertAlmostEquals(few.value, 1.8916953281416558, 1e-12);
  assertAlmostEquals(normOf(few.gradient), 0.5472748294018224, 1e-12);
  assertAlmostEquals(few.gradient.data[5 * 8 + 3]!, -0.04815694260632157, 1e-13);
});

Deno.test("the gradient is that of finite differences", () => {
  const problem = problemOf({ dimension: 5, counts: [2, 3, 4], epsilon: 0.5, lambda: 0.1 });
  const features = byFormula(9, 5, 1.3);
  const { gradient } = evaluate(problem, features);
  const step = 1e-5;
  for (let index = 0; index < features.data.length; index++) {
    const at = (move: number) => {
      const data = features.data.slice();
      data[index]! += move;
      return evaluate(problem, { ...features, data }).value;
    };
    assertAlmostEquals((at(step) - at(-step)) / (2 * step), gradient.data[index]!, 1e-9);
  }
});

Deno.test("the rate reduction is never negative, and zero for one class", () => {
  for (const a of [0.3, 0.7, 1.1, 2.3]) {
    const features = byFormula(9, 5, a);
    assert(rateReduction(constants(5, [2, 3, 4], 0.5), features) > 0);
    assertAlmostEquals(rateReduction(constants(5, [9], 0.5), features), 0, 1e-14);
  }
});

Deno.test("the coding rate is the same from either Gram side", () => {
  const features = byFormula(9, 5, 0.7);
  assertAlmostEquals(codingRate(features, 1.7), codingRate(transpose64(features), 1.7), 1e-12);
});

Deno.test("F does not change when all tokens turn, or those of a class mix", () => {
  const problem = problemOf({ dimension: 3, counts: [2, 3], epsilon: 0.5, lambda: 0.1 });
  const features = byFormula(5, 3, 0.7);
  const [c, s] = [Math.cos(0.8), Math.sin(0.8)];
  const turned = Float64Array.from(features.data, (x, index) => {
    const axis = index % 3;
    if (axis === 0) return c * x - s * features.data[index + 1]!;
    return axis === 1 ? s * features.data[index - 1]! + c * x : x;
  });
  const mixed = features.data.slice();
  for (let axis = 0; axis < 3; axis++) {
    const [first, second] = [features.data[axis]!, features.data[3 + axis]!];
    mixed[axis] = c * first - s * second;
    mixed[3 + axis] = s * first + c * second;
  }
  const value = (data: Float64Array) => evaluate(problem, { ...features, data }).value;
  assertAlmostEquals(value(turned), value(features.data), 1e-13);
  assertAlmostEquals(value(mixed), value(features.data), 1e-13);
});

Deno.test("evaluate() refuses features of another problem", () => {
  const problem = problemOf({ dimension: 3, counts: [2, 3], epsilon: 0.5, lambda: 0.1 });
  const wrong: Matrix64 = byFormula(4, 3, 0.7);
  assertThrows(
    () => evaluate(problem, wrong),
    ProblemError,
    "The features are 4 tokens of 3 numbers; the problem has 5 of 3.",
  );
});
