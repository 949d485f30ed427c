/**
 * Images as masked autoencoders complete them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { randomMasks } from "../data/mask.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { patchCount } from "../nn/autoencoder.ts";
import type { MaeConfig, MaskedAutoencoder } from "../nn/mae.ts";
import { type Normalisation, normaliseImages } from "../nn/normalisation.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { autoencoderIn, firstPixels } from "./autoencoder_images.ts";
import { computeInBatches } from "./batches.ts";
import { firstRows } from "./examples.ts";

/** The grey of hidden patches. */
const HIDDEN = 128;

/**
 * The first images of a dataset, what is left of them when patches are hidden, and what a masked autoencoder that predicts
 * pixels makes of that.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @returns `images`, `masked` and `completed` uint8 [n, H, W, C]. Patches that were not hidden are as they were.
 */
export const completeImages = Effect.fnUntraced(function* <Config extends MaeConfig>(
  network: MaskedAutoencoder<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
  { count, ratio, seed }: { readonly count: number; readonly ratio: number; readonly seed: number },
): Effect.fn.Return<Dataset, unknown, Running> {
  const saved = yield* autoencoderIn(network, checkpoint);
  const { config, normalisation } = saved;
  const pixels = yield* firstPixels(config, data, count);
  const mask = randomMasks({ seed, stream: "completions" }, {
    images: pixels.shape[0]!,
    patches: patchCount(config),
    ratio,
  });
  const { predicted } = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { pixels, mask },
    size: count,
    compute: (parameters, { pixels, mask }) => ({
      predicted: network.forward(parameters, normaliseImages(pixels!, normalisation), config, {
        mask: mask!,
      }),
    }),
  });
  const images = firstRows(data.tensors.images!, pixels.shape[0]!);
  return {
    about: { ...data.about, hidden: ratio },
    tensors: {
      images,
      masked: replaced(images, mask, config, () => HIDDEN),
      completed: replaced(
        images,
        mask,
        config,
        (patch, value, channel) =>
          asByte(
            predicted!.data[patch * config.patch ** 2 * config.channels + value] as number,
            normalisation,
            channel,
          ),
      ),
    },
  };
});

/** Images with other bytes in their hidden patches. */
function replaced(
  images: Tensor,
  mask: Tensor,
  { side, patch, channels }: MaeConfig,
  byteOf: (patch: number, value: number, channel: number) => number,
): Tensor {
  const across = side / patch;
  const bytes = Uint8Array.from(images.data as Uint8Array, (byte, index) => {
    const channel = index % channels;
    const pixel = (index - channel) / channels;
    const [x, y] = [pixel % side, Math.floor(pixel / side) % side];
    const image = Math.floor(pixel / side ** 2);
    const place = image * across ** 2 + Math.floor(y / patch) * across + Math.floor(x / patch);
    const value = ((y % patch) * patch + x % patch) * channels + channel;
    return mask.data[place] === 1 ? byteOf(place, value, channel) : byte;
  });
  return tensor("uint8", images.shape, bytes);
}

/** A predicted value as a byte. */
function asByte(value: number, { mean, deviation }: Normalisation, channel: number): number {
  const scale = deviation[channel] === 0 ? 1 : deviation[channel]!;
  return Math.min(255, Math.max(0, Math.round(255 * (value * scale + mean[channel]!))));
}
