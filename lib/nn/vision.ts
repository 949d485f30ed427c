/**
 * The skeleton that ToST takes from XCiT: patches, position, blocks, class attention, head. Only the token mixer differs
 * between ToST and its softmax twin.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { classAttention, classAttentionSpecs, classOf } from "./class_attention.ts";
import { Count, divides } from "./config.ts";
import { convStem, convStemSpecs } from "./conv_stem.ts";
import { fourierPosition, fourierPositionSpecs } from "./fourier_position.ts";
import { addScaled, layerScaleSpec } from "./layer_scale.ts";
import { dense, linearSpecs, linearSpecsByFanIn } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { mlp, mlpSpecs } from "./mlp.ts";
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

/** What must hold between the sizes of an image classifier on this skeleton. */
export const visionChecks = [
  divides("heads", "width"),
  divides("patch", "side"),
  Schema.makeFilter(({ stem, patch, width }: { stem: string; patch: number; width: number }) => {
    if (stem === "linear" || (Number.isInteger(Math.log2(patch)) && patch > 1 && width % (patch / 2) === 0)) {
      return undefined;
    }
    return {
      path: ["patch"],
      issue: `must be a power of 2 whose half divides the width, ${width}, for convolutions`,
    };
  }),
] as const;

/** The configuration of an image classifier on this skeleton. */
export const VisionConfig = Schema.Struct({
  /** The images' side in pixels; images are square. */
  side: Count,
  /** The images' channels. */
  channels: Count,
  /** A patch's side in pixels. */
  patch: Count,
  /** How patches become tokens: one linear map, or the official convolutions (patch a power of 2). */
  stem: Schema.Literals(["linear", "convolution"]),
  /** Features of a token. */
  width: Count,
  /** Blocks. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
  /** Class-attention blocks: 2 in the official networks. With 0, the head sees the mean of the tokens. */
  classBlocks: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** What LayerScale starts at: 1 in the official networks of 12 blocks, 1e-5 in those of 24. */
  layerScale: Schema.Finite,
  /** Classes. */
  classes: Count,
}).check(...visionChecks);

/** The configuration of an image classifier on this skeleton. */
export type VisionConfig = typeof VisionConfig.Type;

/** Layer normalisation's epsilon throughout this skeleton. */
const epsilon = 1e-6;

/** Builds an image classifier from a token mixer. */
export function visionNetwork<Config extends VisionConfig>(
  name: string,
  config: Schema.Codec<Config, unknown>,
  mixer: Mixer<Config>,
): Network<Config> {
  return {
    name,
    config,
    specs: (config) => visionSpecs(config, mixer),
    forward: (parameters, images, config, pass = {}) => {
      const side = config.side / config.patch;
      const position = fourierPosition(inside(parameters, "position"), side, side);
      const tokens = tf.add(stem(parameters, images, config, pass), position);
      return body(parameters, tokens, config, mixer, pass);
    },
  };
}

function visionSpecs<Config extends VisionConfig>(config: Config, mixer: Mixer<Config>): ParameterSpecs {
  const { channels, patch, width } = config;
  return nest({
    stem: config.stem === "linear"
      ? linearSpecsByFanIn(patch * patch * channels, width)
      : convStemSpecs(patch, channels, width),
    position: fourierPositionSpecs(width),
    ...bodySpecs(config, mixer),
  });
}

/** What the skeleton is without the way that tokens come in. */
export type BodyConfig = Pick<
  VisionConfig,
  "width" | "depth" | "heads" | "classBlocks" | "layerScale" | "classes"
>;

/** The parameters of the blocks, of class attention and of the head. */
export function bodySpecs<Config extends BodyConfig>(config: Config, mixer: Mixer<Config>): ParameterSpecs {
  const { width, depth, classBlocks, classes, layerScale } = config;
  return nest({
    blocks: repeat(
      depth,
      nest({
        norm1: normSpecs(width),
        attention: mixer.specs(config),
        scale1: layerScaleSpec(width, layerScale),
        norm2: normSpecs(width),
        mlp: mlpSpecs(width),
        scale2: layerScaleSpec(width, layerScale),
      }),
    ),
    ...(classBlocks > 0 ? { class_token: { ...normal([1, 1, width], 0.02), undecayed: true } } : {}),
    class_blocks: repeat(classBlocks, classAttentionSpecs(width, layerScale)),
    norm: normSpecs(width),
    head: linearSpecs(width, classes),
  });
}

/** The blocks, and what the head makes of them: tokens [B, n, width] to logits [B, classes]. */
export function body<Config extends BodyConfig>(
  parameters: Parameters,
  tokens: TensorFlow.Tensor,
  config: Config,
  mixer: Mixer<Config>,
  pass: Pass,
): TensorFlow.Tensor {
  let x = tokens;
  for (let layer = 0; layer < config.depth; layer++) {
    x = block(inside(parameters, `blocks.${layer}`), x, config, mixer, layer, pass);
  }
  return dense(inside(parameters, "head"), summary(parameters, x, config));
}

function stem(
  parameters: Parameters,
  images: TensorFlow.Tensor,
  { stem, patch, width }: VisionConfig,
  pass: Pass,
): TensorFlow.Tensor {
  return stem === "linear"
    ? dense(inside(parameters, "stem"), patchify(images, patch))
    : convStem(parameters, images, patch, width, "stem", pass);
}

/** x += γ₁ ⊙ mixer(LN x), then x += γ₂ ⊙ MLP(LN x). A probe also sees the block's input, `tokens` [B, n, width]. */
function block<Config>(
  parameters: Parameters,
  x: TensorFlow.Tensor,
  config: Config,
  mixer: Mixer<Config>,
  layer: number,
  pass: Pass,
): TensorFlow.Tensor {
  const { probe, branch = (x) => x } = pass;
  const mixed = mixer.mix(
    inside(parameters, "attention"),
    norm(inside(parameters, "norm1"), x, epsilon),
    config,
    probe && ((found) => probe(layer, { tokens: x, ...found })),
  );
  const between = addScaled(x, parameter(parameters, "scale1"), branch(mixed));
  const thought = mlp(inside(parameters, "mlp"), norm(inside(parameters, "norm2"), between, epsilon));
  return addScaled(between, parameter(parameters, "scale2"), branch(thought));
}

/** What the head sees of the tokens [B, n, width]: the class token's reading of them, or their mean; [B, width]. */
function summary(parameters: Parameters, x: TensorFlow.Tensor, config: BodyConfig): TensorFlow.Tensor {
  if (config.classBlocks === 0) return tf.mean(norm(inside(parameters, "norm"), x, epsilon), 1);
  const [batch] = x.shape as [number];
  let tokens: TensorFlow.Tensor = tf.concat(
    [tf.tile(parameter(parameters, "class_token"), [batch, 1, 1]), x],
    1,
  );
  for (let index = 0; index < config.classBlocks; index++) {
    tokens = classAttention(inside(parameters, `class_blocks.${index}`), tokens, config.heads);
  }
  return tf.squeeze(norm(inside(parameters, "norm"), classOf(tokens), epsilon), [1]);
}
