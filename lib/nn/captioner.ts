/**
 * The captioner of DP-Cap (arXiv 2403.02506): a vision transformer, and a causal decoder that attends to its tokens.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { softmaxAttention } from "../tensor/attention.ts";
import { crossEntropies } from "../tensor/cross_entropies.ts";
import { tf } from "../tensor/native.ts";
import { Count } from "./config.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { encode, EncoderConfig, encoderSpecs, EPSILON, thought } from "./image_encoder.ts";
import { glorotSpecs, type Layers, layersInside, plainLayers } from "./layers.ts";
import type { Network } from "./network.ts";
import { normSpecs } from "./norm.ts";
import { nest, normal, type ParameterSpecs, repeat } from "./parameters.ts";
import { queryKeyValue } from "./self_attention.ts";
import { gridPositions, sinePositions } from "./sine_position.ts";

/** The sizes of a captioner. */
export const CaptionerConfig = Schema.Struct({
  /** The encoder. */
  encoder: EncoderConfig,
  /** The decoder: features of a token, blocks, and heads. */
  decoder: Schema.Struct({ width: Count, depth: Count, heads: Count }),
  /** Different tokens. Token 0 fills captions up and is never to be told. */
  vocabulary: Count,
  /** The longest caption, in tokens that are read. */
  length: Count,
});

/** The sizes of a captioner. */
export type CaptionerConfig = typeof CaptionerConfig.Type;

/** The captioner's parameters: `encoder`, `join` from one width to the other, and `decoder`. */
export function captionerSpecs({ encoder, decoder, vocabulary }: CaptionerConfig): ParameterSpecs {
  const { width, depth } = decoder;
  const map = (outputs: number, inputs = width) => glorotSpecs(inputs, outputs, { bias: false });
  return nest({
    encoder: encoderSpecs(encoder),
    join: glorotSpecs(encoder.width, width),
    decoder: nest({
      embedding: { weight: normal([vocabulary, width], 0.02) },
      blocks: repeat(
        depth,
        nest({
          norm1: normSpecs(width),
          qkv: map(3 * width),
          output: map(width),
          norm2: normSpecs(width),
          query: map(width),
          memory: map(2 * width),
          read: map(width),
          norm3: normSpecs(width),
          up: map(4 * width),
          down: map(width, 4 * width),
        }),
      ),
      norm: normSpecs(width),
      head: glorotSpecs(width, vocabulary),
    }),
  });
}

/** The captioner. Its forward pass gives what probes look at: the mean [B, decoder width] of what the decoder reads of images. */
export const captioner: Network<CaptionerConfig> = {
  name: "captioner",
  config: CaptionerConfig,
  specs: captionerSpecs,
  forward: (parameters, images, config) => tf.mean(memoryOf(plainLayers(parameters), images, config), 1),
};

/** What the decoder reads of images [B, H, W, C]: tokens [B, 1 + n, decoder width]. Probes look at their mean. */
export function memoryOf(
  layers: Layers,
  images: TensorFlow.Tensor,
  config: CaptionerConfig,
): TensorFlow.Tensor {
  const { encoder, decoder: { width } } = config;
  const rows = encoder.side / encoder.patch;
  const tokens = layers.linear("join", encode(layersInside(layers, "encoder"), images, encoder));
  return tf.add(tokens, tf.tensor2d(gridPositions(rows, width), [1 + rows * rows, width]));
}

/** Logits [B, T, vocabulary] of the token after each of the read ones [B, T], given what was seen of the images. */
export function decode(
  layers: Layers,
  memory: TensorFlow.Tensor,
  tokens: TensorFlow.Tensor,
  { decoder: { width, depth, heads } }: CaptionerConfig,
): TensorFlow.Tensor {
  const own = layersInside(layers, "decoder");
  const length = tokens.shape[1]!;
  const places = sinePositions(Array.from({ length }, (_, place) => place), width);
  let x = tf.add(own.embedding("embedding", tokens), tf.tensor2d(places, [length, width]));
  for (let block = 0; block < depth; block++) {
    x = decoderBlock(layersInside(own, `blocks.${block}`), x, memory, heads);
  }
  return own.linear("head", own.norm("norm", x, EPSILON));
}

/**
 * The loss of each caption, in nats a token: the mean over its tokens, so that long captions weigh no more than short ones.
 *
 * @param captions int32 [B, T + 1]: the first T tokens are read, the last T are to be told unless they are 0.
 * @returns [B]
 */
export function captionLosses(
  layers: Layers,
  images: TensorFlow.Tensor,
  captions: TensorFlow.Tensor,
  config: CaptionerConfig,
): TensorFlow.Tensor {
  return tokenLosses(layers, memoryOf(layers, images, config), captions, config);
}

/** {@linkcode captionLosses} given what was seen of the images. */
export function tokenLosses(
  layers: Layers,
  memory: TensorFlow.Tensor,
  captions: TensorFlow.Tensor,
  config: CaptionerConfig,
): TensorFlow.Tensor {
  const [batch, longer] = captions.shape as [number, number];
  const length = longer - 1;
  const read = tf.slice(captions, [0, 0], [-1, length]);
  const told = tf.slice(captions, [0, 1], [-1, length]);
  const logits = decode(layers, memory, read, config).reshape([-1, config.vocabulary]);
  const losses = crossEntropies(logits, told.reshape([-1])).reshape([batch, length]);
  const counts = tf.cast(tf.greater(told, 0), "float32");
  return tf.div(tf.sum(tf.mul(losses, counts), 1), tf.maximum(tf.sum(counts, 1), 1));
}

/** x += attention(LN x) among tokens so far, x += attention(LN x) to the image, x += MLP(LN x). */
function decoderBlock(
  layers: Layers,
  x: TensorFlow.Tensor,
  memory: TensorFlow.Tensor,
  heads: number,
): TensorFlow.Tensor {
  const scale = (x.shape[2]! / heads) ** -0.5;
  const { query, key, value } = queryKeyValue(layers.linear("qkv", layers.norm("norm1", x, EPSILON)), heads);
  const said = mergeHeads(softmaxAttention(query, key, value, { scale, causal: true }));
  const told = tf.add(x, layers.linear("output", said));
  const asked = splitHeads(layers.linear("query", layers.norm("norm2", told, EPSILON)), heads);
  const [keys, values] = tf.split(layers.linear("memory", memory), 2, 2).map((part) =>
    splitHeads(part, heads)
  );
  const seen = mergeHeads(softmaxAttention(asked, keys!, values!, { scale }));
  return thought(layers, tf.add(told, layers.linear("read", seen)), "norm3");
}
