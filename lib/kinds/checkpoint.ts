/**
 * Checkpoints: a model's parameters, with the configuration that makes sense of them.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";
import { kind } from "../dag/kind.ts";
import type { Kind } from "../dag/kind.ts";
import type { Tensor } from "../tensor/array.ts";
import { decodeNamedTensors, encodeNamedTensors } from "./named_tensors.ts";

/** A model's parameters, and what else its training left behind. */
export interface Checkpoint {
  /** The model's configuration, the seed, the steps taken. */
  readonly about: Readonly<Record<string, Json>>;
  /** The parameters by name. */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** The kind of {@linkcode Checkpoint}s: one safetensors part, its facts in the metadata. */
export const Checkpoint: Kind<"checkpoint", Checkpoint> = kind<"checkpoint", Checkpoint>("checkpoint", {
  encode: (checkpoint) => encodeNamedTensors("checkpoint.safetensors", checkpoint),
  decode: (parts) => decodeNamedTensors("checkpoint", "checkpoint.safetensors", parts),
});
