/**
 * Networks in checkpoints: a network's values together with what is needed to use them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import { type Arrays, prefixed, under } from "../tensor/tensors.ts";
import type { Network } from "./network.ts";

/** A checkpoint does not hold what is wanted of it. */
export class CheckpointError extends Schema.TaggedError<CheckpointError>()("CheckpointError", {
  message: Schema.String,
}) {}

/** A network as it is kept. */
export interface Saved<Config> {
  /** The network's configuration. */
  readonly config: Config;
  /** The network's values, running statistics included, by name. */
  readonly parameters: Arrays;
  /** The training loss of each step; empty for a network that was not trained. */
  readonly losses: Float32Array;
  /** Other facts: the recipe, the data, how inputs are normalised. */
  readonly facts: Readonly<Record<string, Json>>;
}

/** Puts a network into a checkpoint: its values under `parameters.`, the losses as `loss`. */
export function saveNetwork<Config>(network: Network<Config>, saved: Saved<Config>): Checkpoint {
  const { config, parameters, losses, facts } = saved;
  return {
    about: {
      ...facts,
      network: network.name,
      config: Schema.encodeUnknownSync(network.config)(config) as Json,
    },
    tensors: {
      ...prefixed("parameters.", parameters),
      loss: { dtype: "float32", shape: [losses.length], data: losses },
    },
  };
}

/**
 * Takes a network out of a checkpoint.
 *
 * @throws {CheckpointError} When the checkpoint is of another network, or its values are not those that its
 * configuration asks for.
 */
export function loadNetwork<Config>(network: Network<Config>, { about, tensors }: Checkpoint): Saved<Config> {
  const { network: name, config: encoded, ...facts } = about;
  if (name !== network.name) {
    throw new CheckpointError({
      message:
        `the checkpoint holds a network "${name}" where "${network.name}" is wanted: wire a checkpoint of that one`,
    });
  }
  const config = Schema.decodeUnknownSync(network.config)(encoded);
  const parameters = under(tensors, "parameters.");
  for (const [parameter, { shape }] of Object.entries(network.specs(config))) {
    const found = parameters[parameter];
    if (found === undefined || found.shape.join() !== shape.join()) {
      throw new CheckpointError({
        message: `the checkpoint's parameter "${parameter}" ${
          found === undefined ? "is missing" : `has the shape [${found.shape}]`
        } where its configuration asks for [${shape}]: train it again`,
      });
    }
  }
  const losses = tensors.loss?.data;
  return { config, parameters, losses: losses instanceof Float32Array ? losses : new Float32Array(0), facts };
}
