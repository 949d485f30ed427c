import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { DataError } from "../../lib/data/folder.ts";
import { replaceLabels } from "../../lib/data/label_noise.ts";
import { drawNuisance } from "../../lib/data/nuisance_features.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { nuisanceBound } from "../../lib/shift/bounds.ts";
import { drawLinearWorld, linearExamples } from "../../lib/shift/examples.ts";
import { gramOf } from "../../lib/shift/gram.ts";
import { weightsOf } from "../../lib/shift/learning.ts";
import { fitLinearMaxMargin } from "../../lib/shift/linear_max_margin.ts";
import { byGram, fitMaxMargin } from "../../lib/shift/max_margin.ts";
import { tensor } from "../../lib/tensor/array.ts";

/** A linear world with label noise and nuisance features. */
function world(
  { count = 60, rate = 0.2, features = 6000, scale = 0.04, seed = 0 } = {},
): Dataset {
  const data = drawLinearWorld({ features: 10, count, seed });
  const labels = data.tensors.labels!;
  return {
    about: data.about,
    tensors: {
      ...data.tensors,
      labels: tensor(
        "int32",
        [count],
        replaceLabels(labels.data as Int32Array, 2, { rate, seed }),
      ),
      trueLabels: labels,
      nuisance: tensor("float64", [count, count], drawNuisance(count, { features, scale, seed })),
    },
  };
}

const take = (data: Dataset, count: number) => Effect.runSync(linearExamples(data, count));

Deno.test("drawNuisance() has the lengths and angles of as many features as were asked for", () => {
  const [count, features, scale, worlds] = [3, 50, 0.1, 4000];
  const gram = { diagonal: [0, 0], off: [0, 0] };
  for (let seed = 0; seed < worlds; seed += 1) {
    const rows = drawNuisance(count, { features, scale, seed });
    const product = (i: number, j: number) =>
      [0, 1, 2].reduce((sum, k) => sum + rows[3 * i + k]! * rows[3 * j + k]!, 0);
    for (const [i, j] of [[1, 1], [2, 2]] as const) {
      gram.diagonal[0]! += product(i, j) / (2 * worlds);
      gram.diagonal[1]! += product(i, j) ** 2 / (2 * worlds);
    }
    for (const [i, j] of [[1, 0], [2, 1]] as const) {
      gram.off[0]! += product(i, j) / (2 * worlds);
      gram.off[1]! += product(i, j) ** 2 / (2 * worlds);
    }
  }
  // Of k features of variance σ², a squared length has the mean k σ² and the variance 2 k σ⁴; a product has 0 and k σ⁴.
  const [mean, variance] = [features * scale ** 2, features * scale ** 4];
  assertAlmostEquals(gram.diagonal[0]!, mean, 5 * Math.sqrt(2 * variance / (2 * worlds)));
  assertAlmostEquals(gram.diagonal[1]! - gram.diagonal[0]! ** 2, 2 * variance, 0.2 * variance);
  assertAlmostEquals(gram.off[0]!, 0, 5 * Math.sqrt(variance / (2 * worlds)));
  assertAlmostEquals(gram.off[1]!, variance, 0.1 * variance);
});

Deno.test("drawNuisance() of fewer examples is the beginning of more, also beyond as many as features", () => {
  const nuisance = { features: 5, scale: 1, seed: 4 };
  const [few, many] = [drawNuisance(3, nuisance), drawNuisance(8, nuisance)];
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      assertEquals(few[3 * row + column], many[5 * row + column]);
    }
  }
  assertEquals(many.length, 40);
  assertEquals(drawNuisance(2, { ...nuisance, scale: 0 }).every((x) => x === 0), true);
});

Deno.test("gramOf() leaves out nothing of triangular rows", () => {
  const examples = take(world({ count: 12 }), 12);
  const gram = gramOf(examples);
  const { signal, nuisance } = examples;
  for (let i = 0; i < 12; i += 1) {
    for (let j = 0; j < 12; j += 1) {
      let product = 0;
      for (const { width, data } of [signal, nuisance]) {
        for (let k = 0; k < width; k += 1) product += data[i * width + k]! * data[j * width + k]!;
      }
      assertAlmostEquals(gram.data[12 * i + j]!, product, 1e-12);
    }
  }
});

Deno.test("fitLinearMaxMargin() finds the weights that the Gram matrix leads to", () => {
  const examples = take(world(), 40);
  const { coefficients } = fitMaxMargin(byGram(gramOf(examples)), examples.labels, { tolerance: 1e-10 });
  const expected = weightsOf(examples, coefficients);
  const found = fitLinearMaxMargin(examples, { tolerance: 1e-10 });
  for (const part of ["signal", "nuisance"] as const) {
    found[part].forEach((weight, place) => assertAlmostEquals(weight, expected[part][place]!, 1e-7));
  }
});

Deno.test("nuisanceBound() holds for every classifier that fits noisy labels", () => {
  let bounded = 0;
  for (let seed = 0; seed < 20; seed += 1) {
    const data = world({ seed, rate: 0.1 + 0.02 * seed });
    for (const count of [20, 60]) {
      const examples = take(data, count);
      const found = nuisanceBound(examples, fitLinearMaxMargin(examples));
      assertEquals(found.fitted, 1);
      if (found.atLeast === null) continue;
      bounded += 1;
      assert(found.norm >= found.atLeast, `${found.norm} < ${found.atLeast}`);
      assert(found.atLeast > 0.2 * found.norm, "a bound that says something");
    }
  }
  assert(bounded >= 35);
});

Deno.test("nuisanceBound() says nothing without wrong labels, or of a classifier that does not fit them", () => {
  const clean = take(world({ rate: 0 }), 30);
  assertEquals(nuisanceBound(clean, fitLinearMaxMargin(clean)).atLeast, null);
  const noisy = take(world(), 60);
  const lazy = { signal: new Float64Array(10).fill(0).with(0, 1), nuisance: new Float64Array(60) };
  const found = nuisanceBound(noisy, lazy);
  assertEquals(found.atLeast, null);
  assert(found.fitted < 1 && found.margin < 0);
});

Deno.test("linearExamples() refuses data of another form, saying which", async () => {
  const refused = (data: Dataset, count: number, message: string) =>
    assertRejects(() => Effect.runPromise(linearExamples(data, count)), DataError, message);
  const data = world();
  await refused(data, 61, "has 60 examples; 61 were asked for");
  await refused(
    { ...data, tensors: { labels: data.tensors.labels! } },
    10,
    "should hold signal, float64 [n, d]",
  );
  await refused({ ...data, about: { ...data.about, classes: ["one"] } }, 10, "labels from 0 to 0");
});
