import { assert, assertAlmostEquals } from "@std/assert";
import {
  changeWithDepth,
  type LayerActivations,
  variationalRates,
} from "../../lib/evaluate/variational_rate.ts";

const [images, heads, tokens, width] = [2, 2, 3, 4];

/** Projections sin(1 + i) and memberships softmax over heads of sin(7 + i), both row-major. */
function example(): LayerActivations {
  const projections = Float32Array.from(
    { length: images * heads * tokens * width },
    (_, i) => Math.sin(1 + i),
  );
  const weights = Float64Array.from({ length: images * heads * tokens }, (_, i) => Math.exp(Math.sin(7 + i)));
  const memberships = Float32Array.from(weights, (weight, i) => {
    const image = Math.floor(i / (heads * tokens));
    const token = i % tokens;
    let total = 0;
    for (let head = 0; head < heads; head++) total += weights[(image * heads + head) * tokens + token]!;
    return weight / total;
  });
  return { projections, memberships, shape: [images, heads, tokens, width] };
}

function assertClose(actual: readonly number[], expected: readonly number[]) {
  expected.forEach((value, i) => assertAlmostEquals(actual[i]!, value, 1e-6 * Math.abs(value)));
}

// numpy: 0.5 * (n_k/n * log1p(c * einsum("bhn,bhni->bhi", Pi, w*w) / n_k).sum(-1)).sum(-1)
Deno.test("variationalRates() equals the formula, with and without unit tokens", () => {
  assertClose(variationalRates(example()), [0.44550422323090805, 0.4447780447009033]);
  assertClose(variationalRates(example(), { unitTokens: false }), [0.8410521241337079, 0.8021513946360641]);
  assertClose(variationalRates(example(), { precision: 400 }), [9.209681813865359, 9.196224053660234]);
});

Deno.test("variationalRates() of unit tokens ignores their lengths and stays below ½ p log(1 + 1/p)", () => {
  const layer = example();
  const longer = { ...layer, projections: layer.projections.map((x, i) => x * (1 + Math.floor(i / width))) };
  const rates = variationalRates(layer);
  assertClose(variationalRates(longer), rates);
  assert(rates.every((rate) => rate <= 0.5 * width * Math.log1p(1 / width)));
});

Deno.test("variationalRates() reaches its bound when the tokens are the directions", () => {
  const layer: LayerActivations = {
    projections: new Float32Array([3, 0, 0, 5]),
    memberships: new Float32Array([1, 1]),
    shape: [1, 1, 2, 2],
  };
  assertAlmostEquals(variationalRates(layer)[0]!, Math.log(1.5), 1e-12);
});

Deno.test("variationalRates() of tokens that are all zero is 0", () => {
  const layer: LayerActivations = {
    projections: new Float32Array(4),
    memberships: new Float32Array([1, 1]),
    shape: [1, 1, 2, 2],
  };
  assertAlmostEquals(variationalRates(layer)[0]!, 0, 1e-12);
});

Deno.test("changeWithDepth() of the curve that the ToST paper prints is a fall of 9 %", () => {
  const curve = [110.7, 110.6, 110.8, 110.7, 110.7, 109.4, 107.0, 108.4, 104.3, 99.4, 100.2, 99.6];
  assertAlmostEquals(changeWithDepth(curve), (403.5 - 442.8) / 442.8, 1e-12);
});

Deno.test("changeWithDepth() of few layers compares the last with the first", () => {
  assertAlmostEquals(changeWithDepth([4, 9, 9, 3]), -0.25, 1e-12);
  assertAlmostEquals(changeWithDepth([4, 2]), -0.5, 1e-12);
});
