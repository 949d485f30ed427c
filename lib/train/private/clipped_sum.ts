/**
 * The sum of clipped gradients, one gradient call for a whole batch.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Layers } from "../../nn/layers.ts";
import type { Parameters } from "../../nn/parameters.ts";
import { tf } from "../../tensor/native.ts";
import type { Tensors } from "../../tensor/tensors.ts";
import { ghostOf } from "./ghost.ts";
import { type Seen, watchedLayers, WitnessError } from "./witness.ts";

/** The loss of each example of a batch, [B], by a network that uses its parameters through layers alone. */
export type ExampleLosses = (layers: Layers) => TensorFlow.Tensor;

/** The clipped gradients of a batch, summed. */
export interface ClippedSum {
  /** `Σ weight · g · min(1, C/‖g‖)`, by the parameters' names. */
  readonly sum: Tensors;
  /** The loss of each example, [B]. */
  readonly losses: TensorFlow.Tensor;
  /** The norm ‖g‖ of each example's gradient before clipping, [B]. */
  readonly norms: TensorFlow.Tensor;
  /** The squared norm of each example's gradient with respect to one layer, [B], by the layers' names. */
  readonly squares: Tensors;
}

/** How gradients are clipped. */
export interface Clipping {
  /** The greatest norm of an example's gradient, C. */
  readonly clip: number;
  /** How often each example counts, [B]: 0 for those that only fill up a batch. */
  readonly weights: TensorFlow.Tensor;
}

/**
 * Clips the gradient of each example to a norm, and sums.
 *
 * The losses of all examples are differentiated once, with respect to zeros added to the layers' results: as no example
 * touches another's, what arrives at an example's rows is the gradient of its own loss. The norms follow from that and from
 * what the layers got (`ghost.ts`), and so does the sum: no example's gradient is made, and no second pass.
 *
 * @throws {WitnessError} When a layer is used twice, or a parameter by no layer.
 */
export function clippedSum(
  lossesOf: ExampleLosses,
  parameters: Parameters,
  { clip, weights }: Clipping,
): ClippedSum {
  // The zeros need the results' shapes. In a compiled step this pass is never executed, nor are the zeros ever made.
  const shapes: Seen[] = [];
  lossesOf(watchedLayers(parameters, shapes));
  const zeros = shapes.map(({ shape }) => tf.zeros([...shape]));

  const seen: Seen[] = [];
  let losses: TensorFlow.Tensor | undefined;
  const { grads } = tf.valueAndGrads((...taps: TensorFlow.Tensor[]) => {
    losses = tf.keep(lossesOf(watchedLayers(parameters, seen, taps)));
    // Kept, since the forward pass disposes of everything but its result.
    for (const { use } of seen) tf.keep(use.input);
    return tf.sum(losses) as TensorFlow.Scalar;
  })(zeros);

  const ghosts = seen.map(({ use }, index) => ghostOf(use, grads[index]!));
  const norms = tf.sqrt(tf.addN(ghosts.map(({ squares }) => squares)));
  const factors = tf.mul(weights, tf.minimum(1, tf.div(clip, tf.maximum(norms, 1e-12))));
  const sum = Object.assign({}, ...ghosts.map((ghost) => ghost.sum(factors))) as Tensors;
  refuseOthers(Object.keys(parameters), sum);
  const squares = Object.fromEntries(seen.map(({ use }, index) => [use.name, ghosts[index]!.squares]));
  return { sum, losses: losses!, norms, squares };
}

/** Every parameter must get a gradient: one that a network uses besides its layers would go unclipped. */
function refuseOthers(names: readonly string[], sum: Tensors): void {
  const lost = names.find((name) => sum[name] === undefined);
  if (lost === undefined) return;
  throw new WitnessError({
    message:
      `The parameter ${lost} is used by no layer that was watched, so its gradient cannot be clipped: ` +
      "let the network use it through a layer, or take it out of what is trained.",
  });
}
