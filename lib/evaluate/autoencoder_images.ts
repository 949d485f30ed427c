/**
 * Images that fit a masked autoencoder.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { DataError } from "../data/folder.ts";
import { imagesOf } from "../data/labelled.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import { loadAutoencoder, type SavedAutoencoder } from "../nn/autoencoder.ts";
import { pixelsOf } from "../nn/classifier.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import type { Tensor } from "../tensor/array.ts";
import { EvaluationError } from "./examples.ts";

/** Takes a masked autoencoder out of a checkpoint; fails with a `CheckpointError` when it is another network's. */
export function autoencoderIn<Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  checkpoint: Checkpoint,
): Effect.Effect<SavedAutoencoder<Config>, unknown> {
  return Effect.try({ try: () => loadAutoencoder(network, checkpoint), catch: (error) => error });
}

/** The images of a dataset, uint8 [n, H, W, C], once they are known to fit a masked autoencoder. */
export const imagesFor = Effect.fnUntraced(function* (
  { side, channels }: Pick<MaeConfig, "side" | "channels">,
  data: Dataset,
): Effect.fn.Return<Tensor, EvaluationError | DataError> {
  const found = yield* imagesOf(data);
  if (found.height !== side || found.width !== side || found.channels !== channels || found.count === 0) {
    return yield* new EvaluationError({
      message:
        `${data.about.name} has ${found.count} images of ${found.height}×${found.width}×${found.channels} where ` +
        `the network takes ${side}×${side}×${channels}: evaluate on data like those it was trained on.`,
    });
  }
  return data.tensors.images!;
});

/**
 * The first images of a dataset as pixels in [0, 1], float32 [n, H, W, C], once they are known to fit a masked autoencoder.
 *
 * @param count How many, at most.
 */
export function firstPixels(
  config: Pick<MaeConfig, "side" | "channels">,
  data: Dataset,
  count: number,
): Effect.Effect<Tensor, EvaluationError | DataError> {
  return Effect.map(imagesFor(config, data), (images) => {
    const rows = Array.from({ length: Math.min(count, images.shape[0]!) }, (_, image) => image);
    return pixelsOf(images, rows);
  });
}
