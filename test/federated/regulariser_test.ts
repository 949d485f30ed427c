import { assertAlmostEquals, assertEquals } from "@std/assert";
import { normal } from "../../lib/data/random.ts";
import {
  dualConvexity,
  dualStep,
  penalty,
  type Regulariser,
  robustValue,
  worstWeights,
} from "../../lib/federated/regulariser.ts";
import { projectToSimplex } from "../../lib/federated/simplex.ts";
import { dot, squaredDistance } from "../../lib/federated/vector.ts";
import { assertClose } from "./close.ts";

const all: readonly Regulariser[] = [
  { kind: "chi-squared", rho: 0.3 },
  { kind: "entropy", rho: 0.3 },
  { kind: "value-at-risk", alpha: 0.5 },
  { kind: "agnostic" },
];

Deno.test("the χ² penalty gives the weights and values computed by hand", () => {
  const cases = [
    [0.1, [0, 0, 1], 3.9],
    [0.5, [0, 0, 1], 3.5],
    [1, [0, 0.1666667, 0.8333333], 3.0833333],
    [5, [0.2444444, 0.3111111, 0.4444444], 2.4888889],
  ] as const;
  for (const [rho, weights, value] of cases) {
    const regulariser = { kind: "chi-squared", rho } as const;
    assertClose(worstWeights(regulariser, [1, 2, 4]), weights, 1e-7);
    assertAlmostEquals(robustValue(regulariser, [1, 2, 4]), value, 1e-7);
  }
});

Deno.test("entropy weighs by the softmax of losses, and its value is ρ log mean exp(f/ρ)", () => {
  const [f, rho] = [[0.3, 1.2, 0.7], 0.4];
  const mean = f.reduce((sum, loss) => sum + Math.exp(loss / rho) / 3, 0);
  assertAlmostEquals(robustValue({ kind: "entropy", rho }, f), rho * Math.log(mean), 1e-14);
});

Deno.test("the value at risk is the mean of the worst share", () => {
  assertAlmostEquals(robustValue({ kind: "value-at-risk", alpha: 0.5 }, [1, 2, 3, 4]), 3.5, 1e-15);
  assertAlmostEquals(robustValue({ kind: "value-at-risk", alpha: 1 }, [1, 2, 3, 4]), 2.5, 1e-15);
  assertEquals(robustValue({ kind: "agnostic" }, [1, 2, 3, 4]), 4);
});

Deno.test("the dual step of entropy is that of a numeric maximiser", () => {
  const step = dualStep(
    { kind: "entropy", rho: 0.7 },
    Float64Array.of(0.2, 0.5, 0.3),
    Float64Array.of(1, 2, 0.5),
    0.4,
  );
  assertClose(step, [0.201184, 0.5626017, 0.2362143], 1e-7);
});

Deno.test("the dual step of χ² is the projection of (λ + σs + σρ1)/(1 + σρN)", () => {
  const [from, gains] = [[0.2, 0.5, 0.3], [1, 2, 0.5]];
  const point = from.map((weight, i) => (weight + 0.4 * gains[i]! + 0.4 * 0.7) / (1 + 0.4 * 0.7 * 3));
  const step = dualStep(
    { kind: "chi-squared", rho: 0.7 },
    Float64Array.from(from),
    Float64Array.from(gains),
    0.4,
  );
  assertClose(step, projectToSimplex(point), 1e-15);
});

Deno.test("a dual step is the best among allowed weights, for every regulariser", () => {
  const sigma = 0.5;
  for (const regulariser of all) {
    const cap = regulariser.kind === "value-at-risk" ? 1 / (regulariser.alpha * 5) : 1;
    const from = projectToSimplex(normal({ seed: 1, stream: "from" }, 5).map((x) => 0.2 + 0.02 * x), cap);
    const gains = normal({ seed: 1, stream: "gains" }, 5);
    const divergence = (weights: Float64Array) =>
      regulariser.kind === "entropy"
        ? weights.reduce((sum, weight, i) => sum + (weight > 0 ? weight * Math.log(weight / from[i]!) : 0), 0)
        : squaredDistance(weights, from) / 2;
    const cost = (weights: Float64Array) =>
      penalty(regulariser, weights) - dot(gains, weights) + divergence(weights) / sigma;
    const best = dualStep(regulariser, from, gains, sigma);
    for (let seed = 0; seed < 30; seed++) {
      const other = projectToSimplex(normal({ seed, stream: "other" }, 5), cap);
      for (const share of [0.01, 0.3, 1]) {
        const mixed = best.map((weight, i) => weight + share * (other[i]! - weight));
        assertEquals(cost(best) <= cost(mixed) + 1e-13, true, `${regulariser.kind}, seed ${seed}`);
      }
    }
  }
});

Deno.test("dual steps end at the weights that the losses lead to", () => {
  const losses = [0.3, 0.9, 0.5, 0.8];
  for (const regulariser of all) {
    let weights = new Float64Array(4).fill(0.25);
    for (let step = 0; step < 2000; step++) {
      weights = dualStep(regulariser, weights, Float64Array.from(losses), 0.5);
    }
    assertClose(weights, worstWeights(regulariser, losses), 1e-9);
  }
});

Deno.test("penalties are as strongly convex as they say", () => {
  const [a, b] = [[0.1, 0.2, 0.7], [0.5, 0.3, 0.2]].map((list) => Float64Array.from(list)) as [
    Float64Array,
    Float64Array,
  ];
  const middle = a.map((weight, i) => (weight + b[i]!) / 2);
  const chi = { kind: "chi-squared", rho: 0.3 } as const;
  const sag = (penalty(chi, a) + penalty(chi, b)) / 2 - penalty(chi, middle);
  assertAlmostEquals(sag, dualConvexity(chi, 3) / 8 * squaredDistance(a, b), 1e-15);
  assertEquals(all.map((regulariser) => dualConvexity(regulariser, 10)), [3, 0.3, 0, 0]);
});
