/**
 * ViT, the vision transformer (Dosovitskiy et al. 2021), as timm has it: what CRATE is compared with.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { classOf } from "./class_attention.ts";
import { Count, divides } from "./config.ts";
import { withClassToken } from "./crate_shell.ts";
import { dense, linearSpecs } from "./linear.ts";
import { mlp, mlpSpecs } from "./mlp.ts";
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
import { selfAttention, type SelfAttentionConfig } from "./self_attention.ts";

/** The configuration of ViT. */
export const VitConfig = Schema.Struct({
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
  /** Classes. */
  classes: Count,
}).check(divides("heads", "width"), divides("patch", "side"));

/** The configuration of ViT. */
export type VitConfig = typeof VitConfig.Type;

/** Layer normalisation's epsilon in timm's networks. */
const epsilon = 1e-6;

/**
 * ViT. A probe sees each block's `tokens` [B, 1 + n, d]; its keys, as `projections` [B, h, 1 + n, p], `queries` and
 * `attention` [B, h, 1 + n, 1 + n]; and the tokens after attention, `compressed`, and after the perceptron, `sparse`,
 * by the names that CRATE's probe has for them.
 */
export const vit: Network<VitConfig> = {
  name: "vit",
  config: VitConfig,
  specs: vitSpecs,
  forward: (parameters, images, config, { probe } = {}) => {
    const patches = dense(inside(parameters, "patch"), patchify(images, config.patch));
    let x = tf.add(withClassToken(parameters, patches), parameter(parameters, "position"));
    for (let layer = 0; layer < config.depth; layer++) {
      const seen = probe && ((activations: Activations) => probe(layer, activations));
      x = vitBlock(inside(parameters, `blocks.${layer}`), x, { ...config, epsilon }, seen);
    }
    const read = norm(inside(parameters, "norm"), classOf(x), epsilon);
    return dense(inside(parameters, "head"), tf.squeeze(read, [1]));
  },
};

function vitSpecs({ side, channels, patch, width, depth, heads, classes }: VitConfig): ParameterSpecs {
  const tokens = (side / patch) ** 2 + 1;
  return nest({
    patch: linearSpecs(patch * patch * channels, width),
    class_token: normal([1, 1, width], 0.02),
    position: normal([1, tokens, width], 0.02),
    blocks: repeat(depth, vitBlockSpecs({ width, heads })),
    norm: normSpecs(width),
    head: linearSpecs(width, classes),
  });
}

/** The parameters of a block: 12 width² + 13 width of them. */
export function vitBlockSpecs({ width, heads }: SelfAttentionConfig): ParameterSpecs {
  return nest({
    norm1: normSpecs(width),
    attention: selfAttention.specs({ width, heads }),
    norm2: normSpecs(width),
    mlp: mlpSpecs(width),
  });
}

/** x += MHSA(LN x), then x += MLP(LN x), with layer normalisation's epsilon. */
export function vitBlock(
  parameters: Parameters,
  tokens: TensorFlow.Tensor,
  { epsilon, ...config }: SelfAttentionConfig & { readonly epsilon: number },
  probe?: (activations: Activations) => void,
): TensorFlow.Tensor {
  let seen: Activations = {};
  const mixed = selfAttention.mix(
    inside(parameters, "attention"),
    norm(inside(parameters, "norm1"), tokens, epsilon),
    config,
    probe && ((found) => {
      seen = found;
    }),
  );
  const compressed = tf.add(tokens, mixed);
  const thought = mlp(inside(parameters, "mlp"), norm(inside(parameters, "norm2"), compressed, epsilon));
  const sparse = tf.add(compressed, thought);
  probe?.({ tokens, ...seen, compressed, sparse });
  return sparse;
}
