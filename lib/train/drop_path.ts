/**
 * A forward pass with stochastic depth, as a recipe has it.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Pass } from "../nn/network.ts";
import { stochasticDepth } from "../nn/stochastic_depth.ts";
import { tf } from "../tensor/native.ts";
import type { Tensors } from "../tensor/tensors.ts";
import { TrainingError } from "./training_error.ts";

/**
 * Makes a forward pass in which residual branches are left out at random.
 *
 * @param recipe How often, and the seed.
 * @param given The pass of a step, and its scalars, of which `step` decides what is left out.
 * @param forward The forward pass.
 * @throws {TrainingError} When branches are to be left out and the network offers none.
 */
export function withDropPath<A extends TensorFlow.Tensor>(
  { dropPath = 0, seed }: { readonly dropPath?: number; readonly seed: number },
  { pass, scalars }: { readonly pass: Pass; readonly scalars: Tensors },
  forward: (pass: Pass) => A,
): A {
  if (dropPath === 0) return forward(pass);
  const leaveOut = stochasticDepth(dropPath, { seed: tf.scalar(seed, "int32"), step: scalars.step! });
  let branches = 0;
  const result = forward({
    ...pass,
    branch: (branch) => {
      branches += 1;
      return leaveOut(branch);
    },
  });
  if (branches > 0) return result;
  throw new TrainingError({
    message: "This network has no residual branches to leave out: set dropPath to 0.",
  });
}
