/**
 * What private training starts from.
 *
 * @module
 */
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import { captioner, type CaptionerConfig } from "../../nn/captioner.ts";
import { CheckpointError, loadNetwork, saveNetwork } from "../../nn/checkpoint.ts";
import { initialise } from "../../nn/initialise.ts";
import { autoencoder } from "../../nn/masked_autoencoder.ts";
import { prefixed, under } from "../../tensor/tensors.ts";

/**
 * A captioner before training: drawn by a seed, but for its encoder where that of an autoencoder is given.
 *
 * @throws {CheckpointError} When that encoder has other sizes.
 */
export function initialCaptioner(config: CaptionerConfig, seed: number, pretrained?: Checkpoint): Checkpoint {
  const drawn = initialise(captioner.specs(config), seed);
  const encoder = pretrained === undefined ? {} : loadNetwork(autoencoder, pretrained).parameters;
  const taken = prefixed("encoder.", under(encoder, "encoder."));
  for (const [name, { shape }] of Object.entries(taken)) {
    if (drawn[name]?.shape.join() === shape.join()) continue;
    throw new CheckpointError({
      message:
        `the autoencoder's ${name} has the shape [${shape}] where the captioner has [${
          drawn[name]?.shape
        }]: ` +
        "give both the same encoder",
    });
  }
  return saveNetwork(captioner, {
    config,
    parameters: { ...drawn, ...taken },
    losses: new Float32Array(0),
    facts: { seed, encoder: pretrained === undefined ? "drawn" : "of an autoencoder" },
  });
}
