import "../nn/tensorflow.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import type { Network } from "../../lib/nn/network.ts";
import { type Tensor, tensor } from "../../lib/tensor/array.ts";
import type { Step, StepInputs } from "../../lib/tensor/compile.ts";
import { softmaxCrossEntropy } from "../../lib/tensor/loss.ts";
import { tf } from "../../lib/tensor/native.ts";
import {
  type Arrays,
  freeing,
  prefixed,
  type Tensors,
  toArrays,
  toTensors,
  under,
} from "../../lib/tensor/tensors.ts";
import { clipByGlobalNorm } from "../../lib/train/clip.ts";
import { adamW, type Optimiser } from "../../lib/train/optimiser.ts";

/** Numbers in [0, 1) without a random generator: the fractional parts of multiples of the golden ratio. */
export function spread(dtype: "float32" | "int32", shape: readonly number[], upTo = 1): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const fraction = (i: number) => (i * 0.6180339887498949) % 1;
  const values = Array.from({ length: size }, (_, i) => fraction(i + 1) * upTo);
  return tensor(dtype, shape, dtype === "int32" ? values.map(Math.floor) : values);
}

/** A loss under parameters of a batch. */
export type Loss = (parameters: Tensors, batch: Tensors, scalars: Tensors) => Tensors[string];

/** A step of gradients, clipping at norm 1 and an optimiser. */
export function stepOf(loss: Loss, optimiser: Optimiser = adamW({ weightDecay: 0.05 })): Step {
  return (state, batch, scalars) => {
    const parameters = under(state, "parameters.");
    const names = Object.keys(parameters);
    const { value, grads } = tf.valueAndGrads((...tensors: Tensors[string][]) =>
      loss(Object.fromEntries(names.map((name, i) => [name, tensors[i]!])), batch, scalars) as never
    )(Object.values(parameters));
    const gradients = Object.fromEntries(names.map((name, i) => [name, grads[i]!]));
    const clipped = clipByGlobalNorm(gradients, 1);
    const updated = optimiser.update({
      parameters,
      gradients: clipped.gradients,
      state: under(state, "optimiser."),
      learningRate: scalars.learningRate!,
      step: scalars.step!,
    });
    return {
      state: { ...prefixed("parameters.", updated.parameters), ...prefixed("optimiser.", updated.state) },
      loss: value,
      metrics: { gradientNorm: clipped.norm },
    };
  };
}

/** Parameters and the optimiser's first state. */
export function stateOf(parameters: Arrays, optimiser: Optimiser = adamW()): Arrays {
  const state = freeing(() => toArrays(optimiser.init(toTensors(parameters))));
  return { ...prefixed("parameters.", parameters), ...prefixed("optimiser.", state) };
}

/** The scalars of {@linkcode stepOf}. */
export const scalars = { learningRate: "float32", step: "int32" } as const;

/** A perceptron of one hidden layer that classifies eight features into three classes. */
export const perceptron: { step: Step; inputs: Omit<StepInputs, "folder"> } = {
  step: stepOf((parameters, batch) => {
    const hidden = tf.relu(tf.matMul(batch.x as never, parameters.up as never));
    return softmaxCrossEntropy(tf.matMul(hidden as never, parameters.down as never), batch.y!);
  }),
  inputs: {
    state: stateOf({ up: spread("float32", [8, 16], 0.5), down: spread("float32", [16, 3], 0.5) }),
    batch: { x: spread("float32", [4, 8]), y: spread("int32", [4], 3) },
    scalars,
  },
};

/** A classifier of 28² images from `lib/nn`, with a batch. */
export function classifier<Config>(
  network: Network<Config>,
  config: Config,
  images: number,
): { step: Step; inputs: Omit<StepInputs, "folder"> } {
  return {
    step: stepOf((parameters, batch) =>
      softmaxCrossEntropy(network.forward(parameters, batch.images!, config), batch.labels!)
    ),
    inputs: {
      state: stateOf(initialise(network.specs(config), 1)),
      batch: {
        images: spread("float32", [images, 28, 28, 1]),
        labels: spread("int32", [images], 10),
      },
      scalars,
    },
  };
}

/** The quick presets' size on images of 28² in 49 patches. */
export const quickSize = {
  side: 28,
  channels: 1,
  patch: 4,
  width: 48,
  depth: 4,
  heads: 4,
  classes: 10,
} as const;
