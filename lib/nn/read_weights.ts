/**
 * Weights of the authors' programs as checkpoints, so that everything that is done with networks trained here can be done
 * with theirs.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../dag/canonical.ts";
import { DataError } from "../data/folder.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import { decodeSafetensors } from "../tensor/safetensors.ts";
import { saveNetwork } from "./checkpoint.ts";
import type { ImageConfig } from "./classifier.ts";
import { type Correspondence, importStateDict } from "./state_dict.ts";

/** Where weights lie, and how the images are normalised that they were trained on. */
export const WeightsFile = Schema.Struct({
  /** The path of a safetensors file with a state dict under its official names. */
  file: Schema.String,
  /** Each channel's mean and standard deviation, for pixels in [0, 1]: of ImageNet, [0.485, …] and [0.229, …]. */
  mean: Schema.Array(Schema.Finite),
  deviation: Schema.Array(Schema.Finite),
});

/** Where weights lie, and how the images are normalised that they were trained on. */
export type WeightsFile = typeof WeightsFile.Type;

/**
 * Reads the weights of an image classifier.
 *
 * Fails with a {@linkcode DataError} when the file cannot be read, and with a `StateDictError` or a `FormatError` when it
 * does not hold the weights of this network in this configuration.
 */
export const readWeights = Effect.fnUntraced(function* <Config extends ImageConfig>(
  correspondence: Correspondence<Config>,
  config: Config,
  { file, mean, deviation }: WeightsFile,
): Effect.fn.Return<Checkpoint, unknown> {
  const bytes = yield* Effect.tryPromise({
    try: () => Deno.readFile(file),
    catch: (error) =>
      new DataError({
        message: `the weights ${file} cannot be read: ${error instanceof Error ? error.message : error}`,
      }),
  });
  return yield* Effect.try({
    try: () =>
      saveNetwork(correspondence.network, {
        config,
        parameters: importStateDict(correspondence, config, decodeSafetensors(bytes).tensors),
        losses: new Float32Array(0),
        facts: { normalisation: { mean, deviation } as Json, weights: "of the authors' program" },
      }),
    catch: (error) => error,
  });
});
