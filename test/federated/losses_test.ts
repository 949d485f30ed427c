import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normal } from "../../lib/data/random.ts";
import { FederationError } from "../../lib/federated/errors.ts";
import { type Examples, examplesOf, greatestCurvature } from "../../lib/federated/examples.ts";
import { leastSquares } from "../../lib/federated/least_squares.ts";
import { logistic } from "../../lib/federated/logistic.ts";
import { problemOf } from "../../lib/federated/objective.ts";
import type { Client } from "../../lib/federated/problem.ts";
import { headAccuracy, softmaxHead } from "../../lib/federated/softmax_head.ts";
import { drawSyntheticClient } from "../../lib/federated/synthetic.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { symmetricEigen64 } from "../../lib/tensor/linalg64.ts";
import { quad } from "./reference.ts";

function examples(count: number, dimension: number, target: (row: number) => number): Examples {
  return {
    count,
    dimension,
    features: normal({ seed: 4, stream: "features" }, count * dimension),
    targets: Float64Array.from({ length: count }, (_, row) => target(row)),
  };
}

/** Asserts that a gradient is that of central differences. */
function assertGradient({ loss, gradient }: Client, model: Float64Array): void {
  const found = gradient(model);
  model.forEach((_, i) => {
    const at = (step: number) => loss(model.map((entry, j) => j === i ? entry + step : entry));
    assertAlmostEquals(found[i]!, (at(1e-5) - at(-1e-5)) / 2e-5, 1e-8);
  });
}

Deno.test("gradients are those of differences", () => {
  const model = normal({ seed: 1, stream: "model" }, 4);
  assertGradient(leastSquares(examples(12, 4, (row) => row / 3), 0.1), model);
  assertGradient(logistic(examples(12, 4, (row) => row % 2 === 0 ? 1 : -1), 0.1), model);
  const head = softmaxHead(examples(12, 4, (row) => row % 3), { classes: 3, ridge: 0.1, batch: 5 });
  assertGradient(head, normal({ seed: 1, stream: "head" }, 12));
});

Deno.test("second derivatives are those of differences of gradients", () => {
  const client = logistic(examples(12, 4, (row) => row % 2 === 0 ? 1 : -1), 0.1);
  const model = normal({ seed: 1, stream: "model" }, 4);
  const { data } = client.hessian(model);
  for (let i = 0; i < 4; i++) {
    const at = (step: number) => client.gradient(model.map((entry, j) => j === i ? entry + step : entry));
    const [above, below] = [at(1e-5), at(-1e-5)];
    for (let j = 0; j < 4; j++) assertAlmostEquals(data[4 * i + j]!, (above[j]! - below[j]!) / 2e-5, 1e-8);
  }
});

Deno.test("curvatures bound the second derivative", () => {
  const rows = examples(30, 4, (row) => row % 2 === 0 ? 1 : -1);
  const client = logistic(rows, 0.1);
  for (let seed = 0; seed < 5; seed++) {
    const { values } = symmetricEigen64(client.hessian(normal({ seed, stream: "model" }, 4)));
    assert(values[0]! >= 0.1 && values[3]! <= client.smoothness);
  }
  const gram = leastSquares(rows, 1e-9);
  assertAlmostEquals(greatestCurvature(rows), gram.smoothness, 1e-8);
  assertAlmostEquals(quad.problem.smoothness, 1.8785, 5e-5);
  assertAlmostEquals(quad.problem.convexity, 0.571, 5e-5);
});

Deno.test("a head's loss without weights is the logarithm of the number of classes", () => {
  const head = softmaxHead(examples(9, 4, (row) => row % 3), { classes: 3, ridge: 0.1, batch: 5 });
  assertAlmostEquals(head.loss(new Float64Array(12)), Math.log(3), 1e-15);
});

Deno.test("a head's batches are unbiased, and all examples when they are as many", () => {
  const rows = examples(8, 3, (row) => row % 2);
  const model = normal({ seed: 1, stream: "model" }, 6);
  const head = softmaxHead(rows, { classes: 2, ridge: 0.1, batch: 4 });
  const all = head.gradient(model);
  const mean = new Float64Array(6);
  for (let step = 0; step < 4000; step++) {
    head.gradient(model, { seed: 0, stream: "test", step }).forEach((entry, i) => mean[i]! += entry / 4000);
  }
  all.forEach((entry, i) => assertAlmostEquals(mean[i]!, entry, 0.03));
  const whole = softmaxHead(rows, { classes: 2, ridge: 0.1, batch: 8 });
  assertEquals(whole.gradient(model, { seed: 0, stream: "test" }), all);
});

Deno.test("headAccuracy() counts the classes with the highest score", () => {
  const rows = {
    count: 4,
    dimension: 1,
    features: Float64Array.of(1, 2, -1, -2),
    targets: Float64Array.of(0, 0, 1, 0),
  };
  assertEquals(headAccuracy(Float64Array.of(1, -1), rows), 0.75);
});

Deno.test("problemOf() takes the greatest curvature of all clients, and the least", () => {
  const datasets = [0, 1, 2].map((client) =>
    drawSyntheticClient({ client, targets: "numbers", dimension: 3, examples: 20, shift: 1, seed: 0 })
  );
  const { clients, dimension, smoothness, convexity } = problemOf(
    { kind: "least-squares", ridge: 0.1 },
    datasets,
  );
  const alone = datasets.map((one) => leastSquares(examplesOf(one), 0.1));
  assertEquals([clients.length, dimension], [3, 3]);
  assertEquals(smoothness, Math.max(...alone.map((one) => one.smoothness)));
  assertEquals(convexity, Math.min(...alone.map((one) => one.convexity)));
});

Deno.test("problemOf() refuses clients that cannot share a model", () => {
  const objective = { kind: "least-squares", ridge: 0.1 } as const;
  const client = (dimension: number) =>
    drawSyntheticClient({ client: 0, targets: "numbers", dimension, examples: 5, shift: 1, seed: 0 });
  assertThrows(() => problemOf(objective, []), FederationError, "needs a client");
  assertThrows(
    () => problemOf(objective, [client(3), client(4)]),
    FederationError,
    "Client 1 has 4 features",
  );
  const images = {
    about: { name: "pictures", split: "train" },
    tensors: { images: tensor("uint8", [1], [0]) },
  };
  assertThrows(() => problemOf(objective, [images]), FederationError, "pictures has images [1]");
});

Deno.test("drawSyntheticClient() draws targets of its own true model, and only itself from its number", () => {
  const spec = { client: 1, targets: "numbers", dimension: 6, examples: 50, shift: 2, seed: 3 } as const;
  const rows = examplesOf(drawSyntheticClient(spec));
  // Targets are linear in the features: least squares leaves nothing.
  const { loss, hessian, gradient } = leastSquares(rows, 1e-12);
  let model = new Float64Array(6);
  const { smoothness } = leastSquares(rows, 1e-12);
  for (let step = 0; step < 5000; step++) {
    model = model.map((entry, i) => entry - gradient(model)[i]! / smoothness);
  }
  assertEquals(hessian().rows, 6);
  assertAlmostEquals(loss(model), 0, 1e-10);
  assertEquals(drawSyntheticClient(spec), drawSyntheticClient(spec));
  const signs = examplesOf(drawSyntheticClient({ ...spec, targets: "signs" }));
  assertEquals(signs.features, rows.features);
  assertEquals([...new Set(signs.targets)].sort(), [-1, 1]);
});
