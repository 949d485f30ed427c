/**
 * Measures a captioner's training step, with privacy and without, in a process of its own because TensorFlow reads the number
 * of threads once.
 *
 * `deno run -A dp_measure.ts <private|plain>…` prints the milliseconds of a step, way by way.
 *
 * @module
 */
import { SCENE_WORDS } from "../../lib/data/captioned_scenes.ts";
import { captionerSpecs, captionLosses } from "../../lib/nn/captioner.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { plainLayers } from "../../lib/nn/layers.ts";
import { compile } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import { firstState, networkScalars, networkStep } from "../../lib/train/network_step.ts";
import type { PrivateRecipe } from "../../lib/train/private/recipe.ts";
import { firstPrivateState, privateScalars, privateStep } from "../../lib/train/private/step.ts";
import "../nn/tensorflow.ts";
import { spread } from "../tensor/training.ts";

/** Examples in a batch. */
const examples = 128;

/** Steps before the clock starts: compilers and allocators settle. */
const warmUp = 5;

/** Milliseconds for which the clock runs. */
const duration = 2000;

/** The sizes of dp-cap's quick preset; `dp_reference.py` has the same. */
const net = {
  encoder: { side: 32, channels: 3, patch: 8, width: 32, depth: 2, heads: 4 },
  decoder: { width: 32, depth: 1, heads: 4 },
  vocabulary: SCENE_WORDS.length,
  length: 16,
};

const recipe: PrivateRecipe = {
  steps: 100,
  horizon: 100,
  batch: examples,
  physical: examples,
  optimiser: "adamw",
  learningRate: 1e-3,
  finalLearningRate: 0,
  warmup: 0,
  weightDecay: 0.005,
  beta2: 0.95,
  clip: 1,
  noise: 1,
  draw: "poisson",
  execution: "graph",
  seed: 0,
};

const batch = {
  images: spread("float32", [examples, 32, 32, 3]),
  captions: spread("int32", [examples, 17], net.vocabulary),
};
const specs = captionerSpecs(net);
const folder = Deno.makeTempDirSync();
for (const way of Deno.args) {
  const step = way === "private" ? privately() : plainly();
  for (let i = 0; i < warmUp; i++) step(i);
  const times: number[] = [];
  for (const began = performance.now(); performance.now() - began < duration;) {
    const before = performance.now();
    step(times.length);
    times.push(performance.now() - before);
  }
  console.log(times.sort((a, b) => a - b)[Math.floor(times.length / 2)]);
}
Deno.removeSync(folder, { recursive: true });

/** A whole step of DP-SGD: one part, noise, and the optimiser. */
function privately(): (step: number) => void {
  const all = {
    ...batch,
    weights: { dtype: "float32", shape: [examples], data: new Float32Array(examples).fill(1) },
  } as const;
  const compiled = compile(
    privateStep(
      (layers, { images, captions }) => captionLosses(layers, images!, captions!, net),
      specs,
      recipe,
    ),
    {
      state: firstPrivateState(initialise(specs, 0), specs, recipe),
      batch: all,
      scalars: privateScalars,
      folder,
    },
  );
  return (step) => void compiled.run(all, { learningRate: 1e-3, step, last: 1 });
}

/** The same step without privacy: the gradient of the mean loss. */
function plainly(): (step: number) => void {
  const own = { ...recipe, clip: 0 };
  const compiled = compile(
    networkStep(
      specs,
      own,
      (parameters, { images, captions }) =>
        tf.mean(captionLosses(plainLayers(parameters), images!, captions!, net)),
    ),
    { state: firstState(specs, own), batch, scalars: networkScalars, folder },
  );
  return (step) => void compiled.run(batch, { learningRate: 1e-3, step });
}
