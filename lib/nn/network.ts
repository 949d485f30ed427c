/**
 * Networks as values: what a training loop, an attack or a measurement needs to know of one.
 *
 * @module
 */
import type * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Parameters, ParameterSpecs } from "./parameters.ts";

/** What a layer shows to a probe, by name: `tokens` [B, n, d], `projections` [B, h, n, p], `memberships` [B, h, n]. */
export type Activations = Readonly<Record<string, TensorFlow.Tensor>>;

/** How a forward pass is made. */
export interface Pass {
  /** Sees each layer's activations as they are computed; layers count from 0. */
  readonly probe?: (layer: number, activations: Activations) => void;
  /**
   * Set while training: collects new values of the running statistics, by parameter name. Where it is absent, batch
   * normalisation uses the running statistics.
   */
  readonly statistics?: Record<string, TensorFlow.Tensor>;
  /** Set while training with stochastic depth: what becomes of a residual branch, applied to each in order. */
  readonly branch?: (branch: TensorFlow.Tensor) => TensorFlow.Tensor;
}

/** A network: a plain function over a parameter record. */
export interface Network<Config> {
  /** The network's name, as checkpoints have it. */
  readonly name: string;
  /** The configuration's schema, so that a configuration can be a task's parameter. */
  readonly config: Schema.Codec<Config, unknown>;
  /** The parameters of a configuration, without allocating any. */
  readonly specs: (config: Config) => ParameterSpecs;
  /** Maps images [B, H, W, C] to logits [B, classes], or tokens [B, T] to logits [B, T, vocabulary]. */
  readonly forward: (
    parameters: Parameters,
    input: TensorFlow.Tensor,
    config: Config,
    pass?: Pass,
  ) => TensorFlow.Tensor;
}

/**
 * Every layer's activations in one forward pass.
 *
 * @returns One record a layer, first layer first. The caller disposes of the tensors, or calls this in a `tidy`.
 */
export function activations<Config>(
  network: Network<Config>,
  parameters: Parameters,
  input: TensorFlow.Tensor,
  config: Config,
): readonly Activations[] {
  const layers: Activations[] = [];
  network.forward(parameters, input, config, {
    probe: (layer, found) => {
      layers[layer] = found;
    },
  });
  return layers;
}
