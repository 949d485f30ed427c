import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as Effect from "effect/Effect";
import { Running } from "../../../lib/dag/running.ts";
import { initialise } from "../../../lib/nn/initialise.ts";
import { type Layers, plainLayers } from "../../../lib/nn/layers.ts";
import { uniform } from "../../../lib/nn/parameters.ts";
import { tensor } from "../../../lib/tensor/array.ts";
import { tf } from "../../../lib/tensor/native.ts";
import type { Tensors } from "../../../lib/tensor/tensors.ts";
import { runTraining } from "../../../lib/train/loop.ts";
import { firstState, networkScalars, networkStep } from "../../../lib/train/network_step.ts";
import type { PrivateRecipe } from "../../../lib/train/private/recipe.ts";
import { privacySpent } from "../../../lib/train/private/spent.ts";
import { firstPrivateState, privateStep } from "../../../lib/train/private/step.ts";
import { trainPrivately } from "../../../lib/train/private/training.ts";
import { parametersOf } from "../../../lib/train/step.ts";
import "../../nn/tensorflow.ts";
import { spread } from "../../tensor/training.ts";
import { runningIn, scratchFolder } from "../training.ts";

/** A linear regression of eight numbers on six, for 24 examples. */
const specs = { "map.weight": uniform([6, 8], 0.5), "map.bias": uniform([8], 0.5) };
const inputs = spread("float32", [24, 6]);
const wanted = spread("float32", [24, 8], 3);

const losses = (layers: Layers, { x, y }: Tensors) =>
  tf.sum(tf.square(tf.sub(layers.linear("map", x!), y!)), 1);

const batch = (examples: Int32Array) => ({
  x: rows(inputs.data as Float32Array, 6, examples),
  y: rows(wanted.data as Float32Array, 8, examples),
});

function rows(data: Float32Array, width: number, examples: Int32Array) {
  const taken = [...examples].flatMap((row) => [...data.subarray(row * width, (row + 1) * width)]);
  return tensor("float32", [examples.length, width], taken);
}

const recipe: PrivateRecipe = {
  steps: 5,
  horizon: 5,
  batch: 12,
  physical: 24,
  optimiser: "adamw",
  learningRate: 0.05,
  finalLearningRate: 0.01,
  warmup: 1,
  weightDecay: 0.01,
  beta2: 0.95,
  clip: 0.5,
  noise: 1,
  draw: "poisson",
  execution: "graph",
  seed: 7,
};

function train(changes: Partial<PrivateRecipe> = {}) {
  const own = { ...recipe, ...changes };
  const training = { specs, start: initialise(specs, own.seed), examples: 24, losses, batch };
  return Effect.runPromise(
    trainPrivately(training, own).pipe(
      Effect.provideService(Running, runningIn(scratchFolder(), () => {})),
    ),
  );
}

const valuesOf = ({ parameters }: { parameters: Record<string, { data: ArrayLike<unknown> }> }) =>
  Object.values(parameters).flatMap(({ data }) => Array.from(data, Number));

function assertClose(one: number[], other: number[], tolerance: number): void {
  assertEquals(one.length, other.length);
  one.forEach((number, place) => assertAlmostEquals(number, other[place]!, tolerance));
}

Deno.test("trainPrivately() does not depend on how many examples are computed on at once", async () => {
  const whole = await train();
  for (const physical of [5, 1]) {
    const parts = await train({ physical });
    assertClose(valuesOf(parts), valuesOf(whole), 1e-5);
    assertClose([...parts.losses], [...whole.losses], 1e-5);
    assertEquals(parts.ran, whole.ran);
  }
});

Deno.test("trainPrivately() of all examples, without clipping or noise, is plain training", async () => {
  const own = await train({ batch: 24, noise: 0, clip: 1e9 });
  const plain = { ...recipe, batch: 24, clip: 0 };
  const all = Int32Array.from({ length: 24 }, (_, index) => index);
  const { state } = await Effect.runPromise(
    runTraining({
      steps: 5,
      state: firstState(specs, plain),
      step: networkStep(
        specs,
        plain,
        (parameters, data) => tf.mean(losses(plainLayers(parameters), data)),
      ),
      batch: () => batch(all),
      scalars: (step) => ({
        learningRate: step < 1 ? 0.025 : 0.01 + 0.04 * (1 + Math.cos(Math.PI * (step - 1) / 3)) / 2,
        step,
      }),
      scalarTypes: networkScalars,
      execution: "graph",
    }).pipe(Effect.provideService(Running, runningIn(scratchFolder(), () => {}))),
  );
  assertClose(valuesOf(own), valuesOf({ parameters: parametersOf(state) }), 1e-5);
});

Deno.test("privateStep() adds noise of C σ / B to every number of the mean gradient, anew at every step", () => {
  const wide = { "map.weight": uniform([6, 1000], 0.5) };
  const own = { ...recipe, noise: 40, physical: 2 };
  const step = privateStep((layers, { x }) => tf.mul(tf.sum(layers.linear("map", x!), 1), 0), wide, own);
  const first = firstPrivateState(initialise(wide, 1), wide, own);
  const state = Object.fromEntries(
    Object.entries(first).map((
      [name, { data, shape }],
    ) => [name, tf.tensor(data as Float32Array, [...shape])]),
  );
  const means = [0, 1].map((number) => {
    const { state: next } = step(state, { x: tf.ones([2, 6]), weights: tf.ones([2]) }, {
      learningRate: tf.scalar(0),
      step: tf.scalar(number, "int32"),
      last: tf.scalar(1),
    });
    // AdamW's mean of gradients after one step is 0.1 of the gradient.
    return Array.from(next["optimiser.mean"]!.dataSync(), (mean) => mean / 0.1);
  });
  for (const noise of means) {
    const deviation = Math.sqrt(noise.reduce((sum, x) => sum + x * x, 0) / noise.length);
    assertAlmostEquals(deviation, 0.5 * 40 / 12, 0.06); // standard error 0.015
  }
  const product = means[0]!.reduce((sum, x, place) => sum + x * means[1]![place]!, 0) / 6000;
  assertAlmostEquals(product, 0, 0.12); // standard error 0.036
});

Deno.test("privacySpent() calls a run private that was, and tells its ε", async () => {
  const { ran } = await train({ batch: 2 });
  const spent = privacySpent(ran);
  assertEquals([spent.private, spent.steps, spent.examples, spent.delta], [true, 5, 24, 1 / 24]);
  // dp-accounting 0.6.0: q = 1/12, σ = 1, 5 steps, δ = 1/24
  assert((spent.epsilonByLosses as number) < (spent.epsilon as number));
});

Deno.test("privacySpent() calls no run private whose accounting does not hold", async () => {
  const { ran } = await train();
  const because = (changes: object) => {
    const { private: isPrivate, because, epsilon } = privacySpent({ ...ran, ...changes });
    assertEquals([isPrivate, epsilon], [false, undefined]);
    return because as string;
  };
  assert(because({ noise: 0 }).includes("no noise"));
  assert(because({ draw: "shuffled" }).includes("Poisson"));
  assert(because({ imitates: 4 }).includes("imitates"));
  assert(because({ steps: 0 }).includes("no step"));
  assertThrows(() => privacySpent(undefined));
});
