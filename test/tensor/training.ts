import "../nn/tensorflow.ts";
import { randomMasks } from "../../lib/data/mask.ts";
import type { ImageConfig } from "../../lib/nn/classifier.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import type { MaeConfig, MaskedAutoencoder } from "../../lib/nn/mae.ts";
import { maskedError } from "../../lib/nn/masked_error.ts";
import type { Network } from "../../lib/nn/network.ts";
import { type Tensor, tensor } from "../../lib/tensor/array.ts";
import type { Step, StepInputs } from "../../lib/tensor/compile.ts";
import { softmaxCrossEntropy } from "../../lib/tensor/loss.ts";
import { tf } from "../../lib/tensor/native.ts";
import type { Arrays, Tensors } from "../../lib/tensor/tensors.ts";
import { adamW } from "../../lib/train/optimiser.ts";
import { initialState, trainingStep } from "../../lib/train/step.ts";

/** Numbers in [0, 1) without a random generator: the fractional parts of multiples of the golden ratio. */
export function spread(dtype: "float32" | "int32", shape: readonly number[], upTo = 1): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const fraction = (i: number) => (i * 0.6180339887498949) % 1;
  const values = Array.from({ length: size }, (_, i) => fraction(i + 1) * upTo);
  return tensor(dtype, shape, dtype === "int32" ? values.map(Math.floor) : values);
}

const optimiser = adamW({ weightDecay: 0.05 });

/** A step of AdamW on a loss, with gradients clipped at norm 1. */
function sample(
  loss: (parameters: Tensors, batch: Tensors) => Tensors[string],
  parameters: Arrays,
  batch: Arrays,
): Sample {
  const step = trainingStep({
    loss: (parameters, batch) => ({ loss: loss(parameters, batch) }),
    optimiser,
    clip: 1,
  });
  return { step, inputs: { state: initialState(parameters, optimiser), batch, scalars } };
}

/** The scalars of a training step. */
const scalars = { learningRate: "float32", step: "int32" } as const;

/** A step, and what `compile` needs for it but a folder. */
export interface Sample {
  /** The step. */
  readonly step: Step;
  /** Its state, a batch and the scalars. */
  readonly inputs: Omit<StepInputs, "folder">;
}

/** A perceptron of one hidden layer that classifies eight features into three classes. */
export const perceptron: Sample = sample(
  (parameters, batch) => {
    const hidden = tf.relu(tf.matMul(batch.x as never, parameters.up as never));
    return softmaxCrossEntropy(tf.matMul(hidden as never, parameters.down as never), batch.y!);
  },
  { up: spread("float32", [8, 16], 0.5), down: spread("float32", [16, 3], 0.5) },
  { x: spread("float32", [4, 8]), y: spread("int32", [4], 3) },
);

/** A classifier of images from `lib/nn`, with a batch. */
export function classifier<Config extends ImageConfig>(
  network: Network<Config>,
  config: Config,
  images: number,
): Sample {
  const { side, channels, classes } = config;
  return sample(
    (parameters, batch) =>
      softmaxCrossEntropy(network.forward(parameters, batch.images!, config), batch.labels!),
    initialise(network.specs(config), 1),
    {
      images: spread("float32", [images, side, side, channels]),
      labels: spread("int32", [images], classes),
    },
  );
}

/** A masked autoencoder from `lib/nn`, with a batch of which three quarters of the patches are hidden. */
export function autoencoder<Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  config: Config,
  images: number,
): Sample {
  const { side, channels, patch } = config;
  return sample(
    (parameters, batch) => {
      const predicted = network.forward(parameters, batch.images!, config, { mask: batch.mask! });
      return tf.mean(maskedError(predicted, batch.images!, batch.mask!, config));
    },
    initialise(network.specs(config), 1),
    {
      images: spread("float32", [images, side, side, channels]),
      mask: randomMasks({ seed: 0, stream: "mask" }, { images, patches: (side / patch) ** 2, ratio: 0.75 }),
    },
  );
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
