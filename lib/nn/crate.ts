/**
 * CRATE, the white-box transformer of sparse rate reduction (arXiv 2306.01129), as an image classifier. Each block
 * compresses the tokens with MSSA and then sparsifies them with ISTA.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { classOf } from "./class_attention.ts";
import { Count, divides } from "./config.ts";
import { dictionarySpec, ista } from "./ista.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import { mssa } from "./mssa.ts";
import type { Network, Pass } from "./network.ts";
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

/** The configuration of CRATE. */
export const CrateConfig = Schema.Struct({
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
  /** The step size η of ISTA: 0.1 officially. */
  step: Schema.Finite,
  /** The weight λ of ISTA's ℓ1 norm: 0.1 officially. */
  sparsity: Schema.Finite,
  /** What the head sees: the class token, or the mean of all tokens. */
  pool: Schema.Literals(["class", "mean"]),
  /** Classes. */
  classes: Count,
}).check(divides("heads", "width"), divides("patch", "side"));

/** The configuration of CRATE. */
export type CrateConfig = typeof CrateConfig.Type;

/** Layer normalisation's epsilon: PyTorch's default. */
const epsilon = 1e-5;

/**
 * CRATE. A probe sees each block's `tokens` [B, 1 + n, d], its `projections` [B, h, 1 + n, p] and `attention`
 * [B, h, 1 + n, 1 + n], what MSSA makes of the tokens, `compressed` [B, 1 + n, d], and what ISTA makes of that,
 * `sparse`.
 */
export const crate: Network<CrateConfig> = {
  name: "crate",
  config: CrateConfig,
  specs: crateSpecs,
  forward: (parameters, images, config, pass = {}) => {
    let x = embed(parameters, images, config);
    for (let layer = 0; layer < config.depth; layer++) {
      x = block(inside(parameters, `blocks.${layer}`), x, config, layer, pass);
    }
    const pooled = config.pool === "class" ? tf.squeeze(classOf(x), [1]) : tf.mean(x, 1);
    return dense(inside(parameters, "head"), norm(inside(parameters, "norm"), pooled, epsilon));
  },
};

function crateSpecs({ side, channels, patch, width, depth, classes }: CrateConfig): ParameterSpecs {
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
    blocks: repeat(
      depth,
      nest({
        norm1: normSpecs(width),
        attention: mssa.specs({ width, heads: 1 }),
        norm2: normSpecs(width),
        dictionary: dictionarySpec(width),
      }),
    ),
    norm: normSpecs(width),
    head: linearSpecsByFanIn(width, classes),
  });
}

/** Images [B, H, W, C] to tokens [B, 1 + n, width], the class token first. */
function embed(parameters: Parameters, images: TensorFlow.Tensor, { patch }: CrateConfig): TensorFlow.Tensor {
  const part = inside(parameters, "patch");
  const normed = norm(inside(part, "norm1"), patchify(images, patch), epsilon);
  const patches = norm(inside(part, "norm2"), dense(inside(part, "linear"), normed), epsilon);
  const [batch] = images.shape as [number];
  const tokens = tf.concat([tf.tile(parameter(parameters, "class_token"), [batch, 1, 1]), patches], 1);
  return tf.add(tokens, parameter(parameters, "position"));
}

/** x += MSSA(LN x), then x = ISTA(LN x): nothing is added to ISTA's result. */
function block(
  parameters: Parameters,
  x: TensorFlow.Tensor,
  config: CrateConfig,
  layer: number,
  { probe }: Pass,
): TensorFlow.Tensor {
  let seen = {};
  const mixed = mssa.mix(
    inside(parameters, "attention"),
    norm(inside(parameters, "norm1"), x, epsilon),
    config,
    probe && ((found) => {
      seen = found;
    }),
  );
  const compressed = tf.add(x, mixed);
  const sparse = ista(
    norm(inside(parameters, "norm2"), compressed, epsilon),
    parameter(parameters, "dictionary"),
    config,
  );
  probe?.(layer, { tokens: x, ...seen, compressed, sparse });
  return sparse;
}
