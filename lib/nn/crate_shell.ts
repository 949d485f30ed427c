/**
 * The shell of CRATE and its variants as image classifiers: patches, class token, position, blocks, head. What a block
 * does differs between them, and nothing else.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { classOf } from "./class_attention.ts";
import { Count, divides } from "./config.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import type { Activations, Network } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import {
  inside,
  nest,
  normal,
  parameter,
  type Parameters,
  type ParameterSpecs,
  repeat,
} from "./parameters.ts";
import { patchify } from "./patch.ts";

/** What must hold between the sizes of an image classifier in this shell. */
export const crateChecks = [divides("heads", "width"), divides("patch", "side")] as const;

/** The configuration of an image classifier in this shell. */
export const CrateShellConfig = Schema.Struct({
  /** The images' side in pixels; images are square. */
  side: Count,
  /** The images' channels. */
  channels: Count,
  /** A patch's side in pixels. */
  patch: Count,
  /** Features of a token. */
  width: Count,
  /** Blocks. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
  /** What the head sees: the class token, or the mean of all tokens. */
  pool: Schema.Literals(["class", "mean"]),
  /** Classes. */
  classes: Count,
}).check(...crateChecks);

/** The configuration of an image classifier in this shell. */
export type CrateShellConfig = typeof CrateShellConfig.Type;

/** A block of the shell. */
export interface CrateBlock<Config> {
  /** Its parameters. */
  readonly specs: (config: Config) => ParameterSpecs;
  /** Maps tokens [B, 1 + n, d] to tokens. Where there is a probe, it is to see what CRATE's sees. */
  readonly forward: (
    parameters: Parameters,
    tokens: TensorFlow.Tensor,
    config: Config,
    probe?: (activations: Activations) => void,
  ) => TensorFlow.Tensor;
}

/** Layer normalisation's epsilon in this shell: PyTorch's default. */
export const crateEpsilon = 1e-5;

/** Builds an image classifier from a block. */
export function crateNetwork<Config extends CrateShellConfig>(
  name: string,
  config: Schema.Codec<Config, unknown>,
  block: CrateBlock<Config>,
): Network<Config> {
  return {
    name,
    config,
    specs: (config) => shellSpecs(config, block.specs(config)),
    forward: (parameters, images, config, { probe } = {}) => {
      let x = embed(parameters, images, config);
      for (let layer = 0; layer < config.depth; layer++) {
        const seen = probe && ((activations: Activations) => probe(layer, activations));
        x = block.forward(inside(parameters, `blocks.${layer}`), x, config, seen);
      }
      const pooled = config.pool === "class" ? tf.squeeze(classOf(x), [1]) : tf.mean(x, 1);
      return dense(inside(parameters, "head"), norm(inside(parameters, "norm"), pooled, crateEpsilon));
    },
  };
}

function shellSpecs(
  { side, channels, patch, width, depth, classes }: CrateShellConfig,
  block: ParameterSpecs,
): ParameterSpecs {
  const pixels = patch * patch * channels;
  const tokens = (side / patch) ** 2 + 1;
  return nest({
    patch: nest({
      norm1: normSpecs(pixels),
      linear: linearSpecsByFanIn(pixels, width),
      norm2: normSpecs(width),
    }),
    class_token: normal([1, 1, width], 1),
    position: normal([1, tokens, width], 1),
    blocks: repeat(depth, block),
    norm: normSpecs(width),
    head: linearSpecsByFanIn(width, classes),
  });
}

/** Images [B, H, W, C] to tokens [B, 1 + n, width], the class token first. */
function embed(
  parameters: Parameters,
  images: TensorFlow.Tensor,
  { patch }: CrateShellConfig,
): TensorFlow.Tensor {
  const part = inside(parameters, "patch");
  const normed = norm(inside(part, "norm1"), patchify(images, patch), crateEpsilon);
  const patches = norm(inside(part, "norm2"), dense(inside(part, "linear"), normed), crateEpsilon);
  return tf.add(withClassToken(parameters, patches), parameter(parameters, "position"));
}

/** Puts the parameter `class_token` before patches [B, n, width]: [B, 1 + n, width]. */
export function withClassToken(parameters: Parameters, patches: TensorFlow.Tensor): TensorFlow.Tensor {
  const [batch] = patches.shape as [number];
  return tf.concat([tf.tile(parameter(parameters, "class_token"), [batch, 1, 1]), patches], 1);
}
