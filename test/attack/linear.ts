/** A linear classifier, whose robustness is known in closed form. */
import * as Schema from "effect/Schema";
import { normal } from "../../lib/data/random.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { saveNetwork } from "../../lib/nn/checkpoint.ts";
import type { ImageNetwork } from "../../lib/nn/classifier.ts";
import { normal as normalSpec, parameter } from "../../lib/nn/parameters.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";

const Config = Schema.Struct({
  side: Schema.Int,
  channels: Schema.Int,
  classes: Schema.Int,
  /** What the logits are multiplied by. It changes no decision. */
  sharpness: Schema.Finite,
});

/** Logits = sharpness · x W. */
export const linearClassifier: ImageNetwork<typeof Config.Type> = {
  name: "linear",
  config: Config,
  specs: ({ side, channels, classes }) => ({ weight: normalSpec([side * side * channels, classes], 1) }),
  forward: (parameters, images, { side, channels, sharpness }) =>
    tf.mul(
      tf.matMul(
        images.reshape([-1, side * side * channels]) as never,
        parameter(parameters, "weight") as never,
      ),
      sharpness,
    ),
};

/** Images without black and white, so that no ball of ε ≤ 50 meets the range of pixels. */
export const side = 6;
const size = side * side;
const classes = 3;
const count = 60;
const weights = normal({ seed: 3, stream: "weights" }, size * classes);
const pixels = Uint8Array.from(
  normal({ seed: 4, stream: "pixels" }, size * count),
  (draw) => Math.min(Math.max(Math.round(128 + 25 * draw), 51), 204),
);

const logits = (image: number): number[] =>
  Array.from({ length: classes }, (_, label) => {
    let sum = 0;
    for (let place = 0; place < size; place++) {
      sum += pixels[image * size + place]! / 255 * weights[place * classes + label]!;
    }
    return sum;
  });

const labels = Array.from({ length: count }, (_, image) => {
  const z = logits(image);
  return z.indexOf(Math.max(...z));
});

/** Images that the classifier gets right, all of them. */
export const examples: Dataset = {
  about: { name: "noise", split: "test", classes: ["a", "b", "c"] },
  tensors: {
    images: tensor("uint8", [count, side, side, 1], pixels),
    labels: tensor("int32", [count], labels),
  },
};

/** The classifier's checkpoint. */
export function linearCheckpoint(sharpness: number): Checkpoint {
  return saveNetwork(linearClassifier, {
    config: { side, channels: 1, classes, sharpness },
    parameters: { weight: tensor("float32", [size, classes], [...weights]) },
    losses: new Float32Array(0),
    facts: { normalisation: { mean: [0], deviation: [1] } },
  });
}

/** The ε, in grey levels, beyond which an image can be broken: the least margin over the 1-norm of its weights. */
export function radii(): number[] {
  return labels.map((label, image) => {
    const z = logits(image);
    return Math.min(
      ...[0, 1, 2].filter((rival) => rival !== label).map((rival) => {
        let norm = 0;
        for (let place = 0; place < size; place++) {
          norm += Math.abs(weights[place * classes + rival]! - weights[place * classes + label]!);
        }
        return 255 * (z[label]! - z[rival]!) / norm;
      }),
    );
  });
}
