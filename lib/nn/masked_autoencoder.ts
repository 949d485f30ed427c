/**
 * The masked autoencoder (He and others 2022): the same encoder, taught to fill in patches that it did not see.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { gather } from "../tensor/gather.ts";
import { tf } from "../tensor/native.ts";
import { Count } from "./config.ts";
import {
  blockSpecs,
  encode,
  encoderBlock,
  EncoderConfig,
  encoderSpecs,
  EPSILON,
  fixedToken,
} from "./image_encoder.ts";
import { glorotSpecs, type Layers, layersInside, plainLayers } from "./layers.ts";
import type { Network } from "./network.ts";
import { normSpecs } from "./norm.ts";
import { nest, type ParameterSpecs, repeat } from "./parameters.ts";
import { patchify } from "./patch.ts";
import { gridPositions } from "./sine_position.ts";

/** The sizes of a masked autoencoder. */
export const AutoencoderConfig = Schema.Struct({
  /** The encoder. */
  encoder: EncoderConfig,
  /** The decoder: features of a token, blocks, and heads. */
  decoder: Schema.Struct({ width: Count, depth: Count, heads: Count }),
  /** The share of patches that is hidden: 0.75 officially. */
  hidden: Schema.Finite.check(Schema.isBetween({ minimum: 0.05, maximum: 0.95 })),
});

/** The sizes of a masked autoencoder. */
export type AutoencoderConfig = typeof AutoencoderConfig.Type;

/** The parameters: `encoder`, `join` from one width to the other, and `decoder`. */
export function autoencoderSpecs({ encoder, decoder: { width, depth } }: AutoencoderConfig): ParameterSpecs {
  return nest({
    encoder: encoderSpecs(encoder),
    join: glorotSpecs(encoder.width, width),
    decoder: nest({
      blocks: repeat(depth, blockSpecs(width)),
      norm: normSpecs(width),
      head: glorotSpecs(width, encoder.patch ** 2 * encoder.channels),
    }),
  });
}

/** The masked autoencoder. Its forward pass gives what probes look at: the mean [B, width] of the encoder's tokens. */
export const autoencoder: Network<AutoencoderConfig> = {
  name: "masked-autoencoder",
  config: AutoencoderConfig,
  specs: autoencoderSpecs,
  forward: (parameters, images, { encoder }) =>
    tf.mean(encode(layersInside(plainLayers(parameters), "encoder"), images, encoder), 1),
};

/** How many patches there are, and how many of them are seen. */
export function patchCounts(
  { encoder, hidden }: AutoencoderConfig,
): { readonly all: number; readonly seen: number } {
  const all = (encoder.side / encoder.patch) ** 2;
  return { all, seen: Math.max(1, Math.min(all - 1, Math.round(all * (1 - hidden)))) };
}

/**
 * The loss of each image: the mean squared error of the hidden patches, each normalised to mean 0 and variance 1.
 *
 * @param images [B, H, W, C].
 * @param order int32 [B, n]: an order of each image's patches. The first ones are seen, the others hidden.
 * @returns [B]
 */
export function fillingLosses(
  layers: Layers,
  images: TensorFlow.Tensor,
  order: TensorFlow.Tensor,
  config: AutoencoderConfig,
): TensorFlow.Tensor {
  const { encoder, decoder: { width, depth, heads } } = config;
  const { all, seen } = patchCounts(config);
  const [batch] = images.shape as [number];
  const starts = tf.mul(tf.range(0, batch, 1, "int32"), tf.scalar(all, "int32")).reshape([batch, 1]);
  const places = tf.add(order, starts);
  const take = (rows: TensorFlow.Tensor, from: number, count: number) =>
    gather(rows.reshape([batch * all, rows.shape.at(-1)!]), tf.slice(places, [0, from], [batch, count]));

  const encoded = encode(
    layersInside(layers, "encoder"),
    images,
    encoder,
    (patches) => take(patches, 0, seen),
  );
  const joined = layers.linear("join", encoded);
  const first = tf.slice(joined, [0, 0, 0], [-1, 1, -1]);
  const known = tf.slice(joined, [0, 1, 0], [-1, seen, -1]);
  // The patches stay in their drawn order, each with its own position: attention does not mind.
  const unknown = tf.tile(tf.tensor3d(fixedToken("mask", width), [1, 1, width]), [batch, all - seen, 1]);
  const grid = gridPositions(encoder.side / encoder.patch, width);
  const positions = tf.tile(tf.tensor3d(grid.subarray(width), [1, all, width]), [batch, 1, 1]);
  const placed = tf.add(tf.concat([known, unknown], 1), take(positions, 0, all));

  const own = layersInside(layers, "decoder");
  let x: TensorFlow.Tensor = tf.concat([first, placed], 1);
  for (let block = 0; block < depth; block++) {
    x = encoderBlock(layersInside(own, `blocks.${block}`), x, heads);
  }
  const hidden = tf.slice(own.norm("norm", x, EPSILON), [0, 1 + seen, 0], [-1, all - seen, -1]);
  const filled = own.linear("head", hidden);
  const wanted = normalised(take(patchify(images, encoder.patch), seen, all - seen));
  return tf.mean(tf.square(tf.sub(filled, wanted)), [1, 2]);
}

/** Patches with mean 0 and variance 1, as the official program has them. */
function normalised(patches: TensorFlow.Tensor): TensorFlow.Tensor {
  const centred = tf.sub(patches, tf.mean(patches, -1, true));
  const values = patches.shape.at(-1)!;
  const variance = tf.div(tf.sum(tf.square(centred), -1, true), values - 1);
  return tf.div(centred, tf.sqrt(tf.add(variance, 1e-6)));
}
