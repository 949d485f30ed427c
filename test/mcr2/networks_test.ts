import "../nn/tensorflow.ts";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { Running } from "../../lib/dag/running.ts";
import { nearestSubspace } from "../../lib/evaluate/nearest_subspace.ts";
import { measureAccuracy } from "../../lib/evaluate/accuracy.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { criticalPoint } from "../../lib/mcr2/critical.ts";
import { computeFeatures, type Features, featuresIn, sortedByClass } from "../../lib/mcr2/features.ts";
import { rateReductionLoss } from "../../lib/mcr2/loss.ts";
import { evaluate } from "../../lib/mcr2/objective.ts";
import { problemOf } from "../../lib/mcr2/problem.ts";
import { classSubspaces } from "../../lib/mcr2/probes.ts";
import { describe } from "../../lib/mcr2/report.ts";
import { subspaceClassifier } from "../../lib/mcr2/subspace_classifier.ts";
import { byClass, trainFeatures } from "../../lib/mcr2/training.ts";
import { featureMlp, mlpClassifier } from "../../lib/nn/feature_mlp.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { tensor } from "../../lib/tensor/array.ts";
import type { Matrix64 } from "../../lib/tensor/linalg64.ts";
import { tf } from "../../lib/tensor/native.ts";
import { byFormula } from "./example.ts";

const problem = problemOf({ dimension: 8, counts: [5, 6, 9], epsilon: Math.SQRT1_2, lambda: 0.02 });
const constants = { epsilonSquared: 0.5, lambda: 0.02 };

/** −F and its gradient in single precision, by TensorFlow. */
function inTensorFlow(features: Matrix64): { readonly value: number; readonly gradient: Float32Array } {
  return tf.tidy(() => {
    const z = tf.tensor2d(Float32Array.from(features.data), [features.rows, features.columns]);
    const { value, grad } = tf.valueAndGrad((z) => rateReductionLoss(z, problem.counts, constants))(z);
    return { value: value.dataSync()[0]!, gradient: grad.dataSync() as Float32Array };
  });
}

Deno.test("rateReductionLoss() is −F, and its gradient −∇F", () => {
  const features = byFormula(20, 8, 0.7);
  const { value, gradient } = evaluate(problem, features);
  const found = inTensorFlow(features);
  assertAlmostEquals(found.value, -value, 1e-5);
  found.gradient.forEach((number, index) => assertAlmostEquals(number, -gradient.data[index]!, 1e-6));
});

Deno.test("at a maximum of theorem 1 (i) the gradient in single precision is below 1e-4", () => {
  const { gradient } = inTensorFlow(criticalPoint(problem, { ranks: [2, 3, 3], seed: 1 }));
  assert(Math.hypot(...gradient) <= 1e-4);
});

Deno.test("rateReductionLoss() takes a class without tokens", () => {
  const features = tf.tensor2d(Float32Array.from(byFormula(6, 3, 0.7).data), [6, 3]);
  const loss = (counts: readonly number[]) => rateReductionLoss(features, counts, constants).dataSync()[0]!;
  assertEquals(loss([2, 0, 4]), loss([2, 4]));
});

Deno.test("the networks have the official code's size, and the classifier a head more", () => {
  const config = { side: 28, channels: 1, classes: 3, hidden: 2048, features: 128 };
  const features = 784 * 2048 + 2 * 2048 + 2048 * 128 + 128;
  assertEquals(countParameters(featureMlp.specs(config)), features);
  assertEquals(countParameters(mlpClassifier.specs(config)), features + 128 * 3 + 3);
});

Deno.test("byClass() puts examples in order of their labels", () => {
  assertEquals(byClass(Int32Array.of(2, 0, 2, 1, 0), 4), {
    order: Int32Array.of(1, 4, 3, 0, 2),
    counts: [2, 1, 2, 0],
  });
});

/** Images of three classes: a bright band whose place is the class, with texture. */
function bands(each: number): Dataset {
  const count = 3 * each;
  const images = Uint8Array.from({ length: count * 36 }, (_, index) => {
    const [image, pixel] = [Math.floor(index / 36), index % 36];
    const inBand = Math.floor(pixel / 12) === image % 3;
    return Math.round((inBand ? 160 : 40) + 40 * Math.sin(index * 12.9898));
  });
  return {
    about: { name: "bands", split: "train", classes: ["top", "middle", "bottom"] },
    tensors: {
      images: tensor("uint8", [count, 6, 6, 1], images),
      labels: tensor("int32", [count], Array.from({ length: count }, (_, image) => image % 3)),
    },
  };
}

const net = { side: 6, channels: 1, classes: 3, hidden: 32, features: 9 };
const recipe = {
  epsilonSquared: 0.5,
  lambda: 0.02,
  steps: 150,
  optimiser: "adamw",
  learningRate: 5e-3,
  finalLearningRate: 0,
  warmup: 10,
  weightDecay: 5e-4,
  beta2: 0.999,
  clip: 0,
  execution: "graph",
  seed: 0,
} as const;

async function running<A>(work: Effect.Effect<A, unknown, Running>): Promise<A> {
  const scratch = await Deno.makeTempDir();
  try {
    const service = { report: () => {}, log: () => {}, scratch, env: {}, prepared: {} };
    return await Effect.runPromise(work.pipe(Effect.provideService(Running, service)));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

Deno.test("a network's features reach the optimum that the theory predicts, and tell the classes apart", async () => {
  const data = bands(12);
  const model = await running(trainFeatures(net, recipe, data));
  const features = await running(computeFeatures(featureMlp, model, data));
  const known = await Effect.runPromise(featuresIn(features));
  const { features: sorted, counts } = sortedByClass(known);
  const found = describe(
    problemOf({ dimension: 9, counts, epsilon: Math.SQRT1_2, lambda: recipe.lambda }),
    sorted,
  );
  assert(found.ratio > 0.98, `${found.ratio}`);
  assert(found.meanCosine < 0.02, `${found.meanCosine}`);
  assert(found.ratio <= 1 + 1e-9);
  // The loss at the last step was −F before it.
  const losses = model.tensors.loss!.data;
  assertAlmostEquals(-Number(losses[losses.length - 1]), found.value, 1e-3);

  const network = subspaceClassifier(known);
  const { accuracy } = await running(measureAccuracy(network, model, data));
  assertEquals(accuracy, 1);
  assertEquals(guessesOf(known), [...known.labels]);
});

function guessesOf(known: Features): readonly number[] {
  return [...nearestSubspace(classSubspaces(known), known.features)];
}
