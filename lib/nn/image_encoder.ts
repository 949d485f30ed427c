/**
 * The vision transformer that DP-Cap and masked autoencoders encode images with.
 *
 * Positions and the class token are fixed numbers. No map makes queries, keys and values with biases.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { normal } from "../data/random.ts";
import { softmaxAttention } from "../tensor/attention.ts";
import { gelu } from "../tensor/gelu.ts";
import { tf } from "../tensor/native.ts";
import { Count, divides } from "./config.ts";
import { mergeHeads } from "./heads.ts";
import { glorotSpecs, type Layers, layersInside } from "./layers.ts";
import { normSpecs } from "./norm.ts";
import { nest, type ParameterSpecs, repeat } from "./parameters.ts";
import { patchify } from "./patch.ts";
import { queryKeyValue } from "./self_attention.ts";
import { gridPositions } from "./sine_position.ts";

/** The sizes of an encoder. */
export const EncoderConfig = Schema.Struct({
  /** The images' side in pixels; images are square. */
  side: Count,
  /** The images' channels. */
  channels: Count,
  /** A patch's side in pixels. */
  patch: Count,
  /** Features of a token: a multiple of 4. */
  width: Count,
  /** Blocks. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
}).check(
  divides("heads", "width"),
  divides("patch", "side"),
  Schema.makeFilter(({ width }) =>
    width % 4 === 0 ? undefined : { path: ["width"], issue: "must be a multiple of 4, for its positions" }
  ),
);

/** The sizes of an encoder. */
export type EncoderConfig = typeof EncoderConfig.Type;

/** Layer normalisation's epsilon. */
export const EPSILON = 1e-6;

/** The encoder's parameters. */
export function encoderSpecs({ channels, patch, width, depth }: EncoderConfig): ParameterSpecs {
  return nest({
    patch: glorotSpecs(patch * patch * channels, width),
    blocks: repeat(depth, blockSpecs(width)),
    norm: normSpecs(width),
  });
}

/** The parameters of a block of the encoder. */
export function blockSpecs(width: number): ParameterSpecs {
  return nest({
    norm1: normSpecs(width),
    qkv: glorotSpecs(width, 3 * width, { bias: false }),
    output: glorotSpecs(width, width),
    norm2: normSpecs(width),
    up: glorotSpecs(width, 4 * width),
    down: glorotSpecs(4 * width, width),
  });
}

/**
 * Encodes images [B, H, W, C] of pixels from 0 to 1, of which it may see only some patches. Pixels are shifted and scaled by
 * fixed numbers: measured ones would tell of the examples.
 *
 * @param visible Chooses among patches with their positions [B, n, width]; all of them unless given.
 * @returns Tokens [B, 1 + n, width], the class token first.
 */
export function encode(
  layers: Layers,
  images: TensorFlow.Tensor,
  config: EncoderConfig,
  visible: (patches: TensorFlow.Tensor) => TensorFlow.Tensor = (patches) => patches,
): TensorFlow.Tensor {
  const { side, patch, width, depth, heads } = config;
  const [batch] = images.shape as [number];
  const rows = side / patch;
  const positions = gridPositions(rows, width).subarray(width);
  const pixels = tf.mul(tf.sub(patchify(images, patch), 0.5), 4);
  const patches = visible(
    tf.add(layers.linear("patch", pixels), tf.tensor2d(positions, [rows * rows, width])),
  );
  const first = tf.tile(tf.tensor3d(fixedToken("class", width), [1, 1, width]), [batch, 1, 1]);
  let x: TensorFlow.Tensor = tf.concat([first, patches], 1);
  for (let block = 0; block < depth; block++) {
    x = encoderBlock(layersInside(layers, `blocks.${block}`), x, heads);
  }
  return layers.norm("norm", x, EPSILON);
}

/** x += attention(LN x), then x += MLP(LN x). */
export function encoderBlock(layers: Layers, x: TensorFlow.Tensor, heads: number): TensorFlow.Tensor {
  const joined = layers.linear("qkv", layers.norm("norm1", x, EPSILON));
  const { query, key, value } = queryKeyValue(joined, heads);
  const scale = (x.shape[2]! / heads) ** -0.5;
  const mixed = mergeHeads(softmaxAttention(query, key, value, { scale }));
  return thought(layers, tf.add(x, layers.linear("output", mixed)), "norm2");
}

/** x += MLP(LN x). */
export function thought(layers: Layers, x: TensorFlow.Tensor, norm: string): TensorFlow.Tensor {
  const hidden = gelu(layers.linear("up", layers.norm(norm, x, EPSILON)));
  return tf.add(x, layers.linear("down", hidden));
}

/** A token that nothing trains: normal numbers of deviation 0.02, the same in every network of a width. */
export function fixedToken(name: string, width: number): Float32Array {
  return Float32Array.from(normal({ seed: 0, stream: `token ${name}` }, width), (z) => 0.02 * z);
}
