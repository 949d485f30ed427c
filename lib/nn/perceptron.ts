/**
 * The multilayer perceptron: an image classifier that knows nothing of images.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { tf } from "../tensor/native.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import type { Network } from "./network.ts";
import { inside, nest, type ParameterSpecs } from "./parameters.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** The configuration of a perceptron. */
export const PerceptronConfig = Schema.Struct({
  /** The images' side in pixels; images are square. */
  side: Count,
  /** The images' channels. */
  channels: Count,
  /** Units of each hidden layer. */
  width: Count,
  /** Hidden layers. */
  depth: Count,
  /** Classes. */
  classes: Count,
});

/** The configuration of a perceptron. */
export type PerceptronConfig = typeof PerceptronConfig.Type;

/** Pixels through hidden layers of rectified units to logits. */
export const perceptron: Network<PerceptronConfig> = {
  name: "perceptron",
  config: PerceptronConfig,
  specs: perceptronSpecs,
  forward: (parameters, images, { depth }) => {
    let x = images.reshape([images.shape[0]!, -1]);
    for (let layer = 0; layer < depth; layer++) {
      x = tf.relu(dense(inside(parameters, `hidden.${layer}`), x));
    }
    return dense(inside(parameters, "head"), x);
  },
};

function perceptronSpecs({ side, channels, width, depth, classes }: PerceptronConfig): ParameterSpecs {
  const inputs = side * side * channels;
  const layers = Array.from(
    { length: depth },
    (_, layer) => [`hidden.${layer}`, linearSpecsByFanIn(layer === 0 ? inputs : width, width)] as const,
  );
  return nest({ ...Object.fromEntries(layers), head: linearSpecsByFanIn(width, classes) });
}
