/**
 * Masked autoencoders as they are kept.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import { loadNetwork, type Saved } from "./checkpoint.ts";
import type { MaeConfig, MaskedAutoencoder } from "./mae.ts";
import type { Normalisation } from "./normalisation.ts";

/** A masked autoencoder as it is kept. */
export interface SavedAutoencoder<Config> extends Saved<Config> {
  /** How its images are normalised. */
  readonly normalisation: Normalisation;
}

const Normalised = Schema.Struct({
  mean: Schema.Array(Schema.Finite),
  deviation: Schema.Array(Schema.Finite),
});

/**
 * Takes a masked autoencoder out of a checkpoint.
 *
 * @throws {CheckpointError} When the checkpoint is of another network.
 */
export function loadAutoencoder<Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  checkpoint: Checkpoint,
): SavedAutoencoder<Config> {
  const saved = loadNetwork(network, checkpoint);
  return { ...saved, normalisation: Schema.decodeUnknownSync(Normalised)(saved.facts.normalisation) };
}

/** How many patches a masked autoencoder sees of an image. */
export function patchCount({ side, patch }: Pick<MaeConfig, "side" | "patch">): number {
  return (side / patch) ** 2;
}
