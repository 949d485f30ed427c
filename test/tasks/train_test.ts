import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { Running } from "../../lib/dag/running.ts";
import { integers } from "../../lib/data/random.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { loadNetwork } from "../../lib/nn/checkpoint.ts";
import { loadClassifier, logitsOf, pixelsOf } from "../../lib/nn/classifier.ts";
import { crate } from "../../lib/nn/crate.ts";
import { softmaxLanguage } from "../../lib/nn/softmax_language.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tostLanguage } from "../../lib/nn/tost_language.ts";
import { installTensorFlow } from "../../lib/tensor/native/install.ts";
import { toTensor, toTensors } from "../../lib/tensor/tensors.ts";
import { initialCrate } from "../../tasks/train/initial_crate.ts";
import { initialSoftmaxTwin } from "../../tasks/train/initial_softmax_twin.ts";
import { initialTost } from "../../tasks/train/initial_tost.ts";
import type { ClassifierRecipe } from "../../lib/train/classifier.ts";
import type { Recipe } from "../../lib/train/recipe.ts";
import { trainCrate } from "../../tasks/train/crate.ts";
import { trainSoftmaxLanguage } from "../../tasks/train/softmax_language.ts";
import { trainSoftmaxTwin } from "../../tasks/train/softmax_twin.ts";
import { trainTost } from "../../tasks/train/tost.ts";
import { trainTostLanguage } from "../../tasks/train/tost_language.ts";
import "../nn/tensorflow.ts";
import { scratchFolder } from "../train/training.ts";

/** Images of 8 × 8: noise with stripes on one quarter, whose place is the label. */
function quarters(count: number, seed: number): Dataset {
  const labels = integers({ seed, stream: "labels" }, count, 4);
  const noise = integers({ seed, stream: "noise" }, 64 * count, 100);
  const images = Uint8Array.from(noise, (value, index) => {
    const [y, x] = [Math.floor(index / 8) % 8, index % 8];
    const striped = labels[Math.floor(index / 64)] === 2 * Math.floor(y / 4) + Math.floor(x / 4);
    return striped && x % 2 === 1 ? 150 + value : value;
  });
  return {
    about: { name: "quarters", split: "train", classes: ["0", "1", "2", "3"] },
    tensors: {
      images: { dtype: "uint8", shape: [count, 8, 8, 1], data: images },
      labels: { dtype: "int32", shape: [count], data: labels },
    },
  };
}

/** A text in which each token tells the next: 0 1 2 3 4 0 1 … */
const counting: Dataset = {
  about: { name: "counting", split: "train" },
  tensors: {
    tokens: { dtype: "int32", shape: [500], data: Int32Array.from({ length: 500 }, (_, i) => i % 5) },
  },
};

const data = quarters(1000, 0);
const skeleton = {
  ...{ side: 8, channels: 1, patch: 4, stem: "linear" as const, width: 32, depth: 2, heads: 2 },
  ...{ classBlocks: 1, layerScale: 1, classes: 4 },
};
const tostNet = { ...skeleton, form: "code" as const };
const crateNet = {
  ...{ side: 8, channels: 1, patch: 4, width: 16, depth: 2, heads: 2, classes: 4 },
  ...{ step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" } as const,
};
const languageNet = { vocabulary: 5, context: 8, width: 16, depth: 1, heads: 2, layerScale: 1 };
const recipe: Recipe = {
  ...{
    steps: 300,
    batch: 20,
    optimiser: "adamw",
    learningRate: 3e-3,
    finalLearningRate: 0,
    warmup: 10,
  },
  ...{ weightDecay: 0.01, beta2: 0.99, clip: 1, execution: "graph", seed: 0 },
};
const classifierRecipe: ClassifierRecipe = { ...recipe, labelSmoothing: 0, augment: "none" };

/** A task's declaration, as the engine sees it. */
interface Declared<P, I> {
  readonly spec: {
    run(work: { readonly params: P; readonly inputs: I }): Effect.Effect<Checkpoint, unknown, Running>;
  };
}

async function run<P, I>(
  task: Declared<P, I>,
  params: P,
  inputs: I,
): Promise<Exit.Exit<Checkpoint, unknown>> {
  const prepared = { tensorflow: await Effect.runPromise(installTensorFlow(() => {})) };
  const running = { scratch: scratchFolder(), report: () => {}, log: () => {}, env: {}, prepared };
  return await Effect.runPromiseExit(
    task.spec.run({ params, inputs }).pipe(Effect.provideService(Running, running)),
  );
}

async function made<P, I>(task: Declared<P, I>, params: P, inputs: I): Promise<Checkpoint> {
  const exit = await run(task, params, inputs);
  assert(Exit.isSuccess(exit), String(exit));
  return exit.value;
}

const classifiers = [
  { name: "trainTost", network: tost, net: tostNet, train: trainTost, initial: initialTost },
  {
    name: "trainSoftmaxTwin",
    network: softmaxTwin,
    net: skeleton,
    train: trainSoftmaxTwin,
    initial: initialSoftmaxTwin,
  },
  { name: "trainCrate", network: crate, net: crateNet, train: trainCrate, initial: initialCrate },
];

for (const { name, network, net, train, initial } of classifiers) {
  // deno-lint-ignore no-explicit-any -- a table of networks, each with a configuration of its own
  const [anyNetwork, anyTrain, anyInitial] = [network as any, train as any, initial as any];

  Deno.test(`${name} learns where the stripes are`, async () => {
    const checkpoint = await made(anyTrain, { net, ...classifierRecipe }, { data });
    const saved = loadClassifier(anyNetwork, checkpoint);
    assertEquals(saved.losses.length, 300);
    assertEquals(saved.facts.data, { name: "quarters", split: "train", examples: 1000 });

    const unseen = quarters(100, 1);
    const indices = Array.from({ length: 100 }, (_, index) => index);
    const images = toTensor(pixelsOf(unseen.tensors.images!, indices));
    const logits = logitsOf(anyNetwork, saved, toTensors(saved.parameters), images);
    const found = logits.argMax(1).dataSync();
    const right = indices.filter((index) => found[index] === unseen.tensors.labels!.data[index]).length;
    assert(right >= 90, `${right} of 100 are right`);
  });

  Deno.test(`${name} starts from what the initial task makes`, async () => {
    const untrained = await made(anyInitial, { net, seed: 0 }, { data });
    const unmoved = await made(anyTrain, { net, ...classifierRecipe, steps: 0 }, { data });
    assertEquals(
      loadClassifier(anyNetwork, unmoved).parameters,
      loadClassifier(anyNetwork, untrained).parameters,
    );
  });
}

for (
  const { name, network, train } of [
    { name: "trainTostLanguage", network: tostLanguage, train: trainTostLanguage },
    { name: "trainSoftmaxLanguage", network: softmaxLanguage, train: trainSoftmaxLanguage },
  ]
) {
  Deno.test(`${name} learns to count`, async () => {
    const checkpoint = await made(train, { net: languageNet, ...recipe }, { text: counting });
    const { losses } = loadNetwork(network, checkpoint);
    assertEquals(losses.length, 300);
    const last = losses.subarray(190).reduce((sum, loss) => sum + loss, 0) / 10;
    assert(last < 0.2, `the loss is still ${last} nats`);
  });
}

Deno.test("trainTost gives equal bytes for equal parameters", async () => {
  const params = {
    net: tostNet,
    ...classifierRecipe,
    steps: 30,
    augment: "crop-flip" as const,
    labelSmoothing: 0.1,
  };
  assertEquals(await made(trainTost, params, { data }), await made(trainTost, params, { data }));
});

Deno.test("trainTost with convolutions computes alike as a graph and step by step, running statistics included", async () => {
  const net = { ...tostNet, stem: "convolution" as const };
  const params = { net, ...classifierRecipe, steps: 15 };
  const graph = loadClassifier(tost, await made(trainTost, params, { data }));
  const eager = loadClassifier(
    tost,
    await made(trainTost, { ...params, execution: "eager" }, { data }),
  );
  graph.losses.forEach((loss, step) => assertAlmostEquals(loss, eager.losses[step]!, 1e-4 * loss));
  const statistics = Object.entries(tost.specs(net)).filter(([, spec]) => spec.statistic).map(([name]) =>
    name
  );
  assertEquals(statistics.length, 4);
  for (const name of statistics) {
    const [moved, stepwise] = [graph.parameters[name]!.data, eager.parameters[name]!.data];
    (moved as Float32Array).forEach((value, index) =>
      assertAlmostEquals(value, Number(stepwise[index]), 1e-3)
    );
    assert(moved[0] !== (name.endsWith("mean") ? 0 : 1), `${name} stayed where it started`);
  }
});

const refusals: readonly [string, Partial<typeof tostNet>, Partial<typeof classifierRecipe>, string][] = [
  [
    "images of another size",
    { side: 12 },
    {},
    "quarters has images of 8×8×1 where the network takes 12×12×1",
  ],
  [
    "labels beyond the classes",
    { classes: 3 },
    {},
    "quarters has 4 classes where the network knows 3",
  ],
  [
    "a batch larger than the data",
    {},
    { batch: 1001 },
    "a batch of 1001 is wanted of quarters, which has 1000 examples",
  ],
];

for (const [name, net, changes, message] of refusals) {
  Deno.test(`trainTost refuses ${name}`, async () => {
    const exit = await run(trainTost, { net: { ...tostNet, ...net }, ...classifierRecipe, ...changes }, {
      data,
    });
    assert(Exit.isFailure(exit));
    assertStringIncludes(String(exit.cause), message);
  });
}

Deno.test("trainTostLanguage refuses a text that is shorter than a window", async () => {
  const net = { ...languageNet, context: 500 };
  const exit = await run(trainTostLanguage, { net, ...recipe }, { text: counting });
  assert(Exit.isFailure(exit));
  assertStringIncludes(String(exit.cause), "counting has 500 tokens, fewer than a window of 500 + 1");
});
