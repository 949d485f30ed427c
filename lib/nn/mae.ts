/**
 * Masked autoencoders as "Masked completion via structured diffusion with white-box transformers" (arXiv 2404.02446) has
 * them: patches, of which some are hidden, through an encoder and a decoder to the pixels of every patch. What a block
 * does differs between CRATE-MAE and ViT-MAE, and nothing else.
 *
 * A hidden patch is replaced by a learned token before the encoder, so that encoder and decoder see all places.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { Count, divides } from "./config.ts";
import { type CrateBlock, withClassToken } from "./crate_shell.ts";
import { dense, linearSpecs } from "./linear.ts";
import type { Activations, Network, Pass } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import {
  constant,
  inside,
  nest,
  normal,
  parameter,
  type Parameters,
  type ParameterSpecs,
  repeat,
  uniform,
} from "./parameters.ts";
import { patchify } from "./patch.ts";
import { sinCosPosition } from "./sincos_position.ts";

/** What must hold between the sizes of a masked autoencoder. */
export const maeChecks = [
  divides("heads", "width"),
  divides("decoderHeads", "width"),
  divides("patch", "side"),
  Schema.makeFilter(({ width }: { readonly width: number }) =>
    width % 4 === 0 ? undefined : {
      path: ["width"],
      issue: `must be a multiple of 4 for sines and cosines of two places, not ${width}`,
    }
  ),
] as const;

/** The configuration of a masked autoencoder. */
export const MaeConfig = Schema.Struct({
  /** The images' side in pixels; images are square. */
  side: Count,
  /** The images' channels. */
  channels: Count,
  /** A patch's side in pixels. */
  patch: Count,
  /** Features of a token, in the encoder and in the decoder: a multiple of 4. */
  width: Count,
  /** Blocks of the encoder. */
  depth: Count,
  /** Attention heads of the encoder; they divide the width. */
  heads: Count,
  /** Blocks of the decoder. */
  decoderDepth: Count,
  /** Attention heads of the decoder; they divide the width. */
  decoderHeads: Count,
  /** What is predicted: `pixels`, or those of each patch `normalised` to mean 0 and variance 1. */
  targets: Schema.Literals(["pixels", "normalised"]),
}).check(...maeChecks);

/** The configuration of a masked autoencoder. */
export type MaeConfig = typeof MaeConfig.Type;

/** How a forward pass of a masked autoencoder is made. Probes count the decoder's blocks after the encoder's. */
export interface MaskedPass extends Pass {
  /** Which patches are hidden: 1 for those and 0 for others, [B, n]. None where it is absent. */
  readonly mask?: TensorFlow.Tensor;
}

/** A network that completes masked images. */
export interface MaskedAutoencoder<Config extends MaeConfig> extends Network<Config> {
  /** Maps images [B, H, W, C] to the predicted values of every patch, [B, n, patch · patch · C]. */
  readonly forward: (
    parameters: Parameters,
    images: TensorFlow.Tensor,
    config: Config,
    pass?: MaskedPass,
  ) => TensorFlow.Tensor;
  /** Maps images [B, H, W, C] to the encoder's normalised tokens, the class token first: [B, 1 + n, d]. */
  readonly encode: (
    parameters: Parameters,
    images: TensorFlow.Tensor,
    config: Config,
    pass?: MaskedPass,
  ) => TensorFlow.Tensor;
}

/** Layer normalisation's epsilon after the encoder and after the decoder. */
const epsilon = 1e-6;

/** Builds a masked autoencoder from the blocks of its encoder and decoder. */
export function maskedAutoencoder<Config extends MaeConfig>(
  name: string,
  config: Schema.Codec<Config, unknown>,
  { encoder, decoder }: Readonly<Record<"encoder" | "decoder", CrateBlock<Config>>>,
): MaskedAutoencoder<Config> {
  const encode: MaskedAutoencoder<Config>["encode"] = (parameters, images, config, { mask, probe } = {}) => {
    let x = tf.add(
      withClassToken(parameters, visible(parameters, images, config, mask)),
      sinCosPosition(config.width, config.side / config.patch),
    );
    for (let layer = 0; layer < config.depth; layer++) {
      const seen = probe && ((activations: Activations) => probe(layer, activations));
      x = encoder.forward(inside(parameters, `encoder.${layer}`), x, config, seen);
    }
    return norm(inside(parameters, "encoder_norm"), x, epsilon);
  };
  return {
    name,
    config,
    specs: (config) => maeSpecs(config, encoder.specs(config), decoder.specs(config)),
    encode,
    forward: (parameters, images, config, pass = {}) => {
      const { probe } = pass;
      let y = encode(parameters, images, config, pass);
      for (let layer = 0; layer < config.decoderDepth; layer++) {
        const seen = probe && ((activations: Activations) => probe(config.depth + layer, activations));
        y = decoder.forward(inside(parameters, `decoder.${layer}`), y, config, seen);
      }
      const patches = tf.slice(norm(inside(parameters, "decoder_norm"), y, epsilon), [0, 1, 0], [-1, -1, -1]);
      return dense(inside(parameters, "prediction"), patches);
    },
  };
}

function maeSpecs(
  { channels, patch, width, depth, decoderDepth }: MaeConfig,
  encoder: ParameterSpecs,
  decoder: ParameterSpecs,
): ParameterSpecs {
  const pixels = patch * patch * channels;
  return withGlorotLinears(nest({
    patch: linearSpecs(pixels, width),
    class_token: normal([1, 1, width], 0.02),
    mask_token: normal([1, 1, width], 0.02),
    encoder: repeat(depth, encoder),
    encoder_norm: normSpecs(width),
    decoder: repeat(decoderDepth, decoder),
    decoder_norm: normSpecs(width),
    prediction: linearSpecs(width, pixels),
  }));
}

/**
 * Specs in which linear maps start as in the official program, whatever they are of: weights uniform in
 * ±√(6/(inputs + outputs)), biases 0. Dictionaries, which are no linear maps there, start as they do.
 */
function withGlorotLinears(specs: ParameterSpecs): ParameterSpecs {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      if (name.endsWith(".weight")) {
        const [inputs, outputs] = spec.shape as [number, number];
        return [name, uniform([inputs, outputs], Math.sqrt(6 / (inputs + outputs)))];
      }
      return [name, name.endsWith(".bias") ? constant(spec.shape, 0) : spec];
    }),
  );
}

/** The patches of images as tokens [B, n, width], the mask token in the place of hidden ones. */
function visible(
  parameters: Parameters,
  images: TensorFlow.Tensor,
  { patch }: MaeConfig,
  mask: TensorFlow.Tensor | undefined,
): TensorFlow.Tensor {
  const patches = dense(inside(parameters, "patch"), patchify(images, patch));
  if (mask === undefined) return patches;
  const hidden = tf.expandDims(mask, -1);
  return tf.add(
    tf.mul(patches, tf.sub(1, hidden)),
    tf.mul(parameter(parameters, "mask_token"), hidden),
  );
}
