/**
 * Token mixers: the part of a transformer block in which tokens meet. Swapping it, and nothing else, is how the paper
 * compares ToST with softmax attention.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Activations } from "./network.ts";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** A token mixer. */
export interface Mixer<Config> {
  /** Its parameters. */
  readonly specs: (config: Config) => ParameterSpecs;
  /** Maps normalised tokens [B, n, width] to the residual branch [B, n, width]. */
  readonly mix: (
    parameters: Parameters,
    tokens: TensorFlow.Tensor,
    config: Config,
    /** Sees what happened, by name. Activations that only a probe needs are computed only where it is given. */
    observe?: (activations: Activations) => void,
  ) => TensorFlow.Tensor;
}
