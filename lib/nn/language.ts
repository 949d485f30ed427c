/**
 * The shell of the language models: nanoGPT's, with LayerScale as in ToST's program. Only the token mixer differs
 * between ToST and the softmax model.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { gather } from "../tensor/gather.ts";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import { residualDeviation } from "./causal.ts";
import { Count, divides } from "./config.ts";
import { addScaled, layerScaleSpec } from "./layer_scale.ts";
import type { Mixer } from "./mixer.ts";
import { mlp, mlpSpecs } from "./mlp.ts";
import type { Network } from "./network.ts";
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

/** The configuration of a language model. */
export const LanguageConfig = Schema.Struct({
  /** Different tokens. */
  vocabulary: Count,
  /** The longest text, in tokens. */
  context: Count,
  /** Features of a token. */
  width: Count,
  /** Blocks. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
  /** What LayerScale starts at: 1e-5 in the official program. */
  layerScale: Schema.Finite,
}).check(divides("heads", "width"));

/** The configuration of a language model. */
export type LanguageConfig = typeof LanguageConfig.Type;

/** Layer normalisation's epsilon. */
const epsilon = 1e-5;

/** Builds a language model from a causal token mixer. It maps tokens [B, T] to logits [B, T, vocabulary]. */
export function languageNetwork(name: string, mixer: Mixer<LanguageConfig>): Network<LanguageConfig> {
  return {
    name,
    config: LanguageConfig,
    specs: (config) => languageSpecs(config, mixer),
    forward: (parameters, tokens, config, { probe } = {}) => {
      let x = embed(parameters, tokens, 0);
      for (let layer = 0; layer < config.depth; layer++) {
        const input = x;
        x = block(inside(parameters, `blocks.${layer}`), x, (attention, normed) =>
          mixer.mix(
            attention,
            normed,
            config,
            probe && ((found) => probe(layer, { tokens: input, ...found })),
          ));
      }
      return unembed(parameters, x);
    },
  };
}

function languageSpecs(config: LanguageConfig, mixer: Mixer<LanguageConfig>): ParameterSpecs {
  const { vocabulary, context, width, depth, layerScale } = config;
  return nest({
    // The head is this table too: logits are x Eᵀ.
    embedding: normal([vocabulary, width], 0.02),
    position: normal([context, width], 0.02),
    blocks: repeat(
      depth,
      nest({
        norm1: normSpecs(width, { bias: false }),
        attention: mixer.specs(config),
        scale1: layerScaleSpec(width, layerScale),
        norm2: normSpecs(width, { bias: false }),
        mlp: mlpSpecs(width, { bias: false, downDeviation: residualDeviation(depth) }),
        scale2: layerScaleSpec(width, layerScale),
      }),
    ),
    norm: normSpecs(width, { bias: false }),
  });
}

/** Tokens [B, T] at places from `start` to their features [B, T, width]. */
export function embed(parameters: Parameters, tokens: TensorFlow.Tensor, start: number): TensorFlow.Tensor {
  const length = tokens.shape[1]!;
  const position = tf.slice(parameter(parameters, "position"), [start, 0], [length, -1]);
  return tf.add(gather(parameter(parameters, "embedding"), tokens), position);
}

/** x += γ₁ ⊙ mixer(LN x), then x += γ₂ ⊙ MLP(LN x), with the mixer as a function of its parameters and LN x. */
export function block(
  parameters: Parameters,
  x: TensorFlow.Tensor,
  mix: (attention: Parameters, normed: TensorFlow.Tensor) => TensorFlow.Tensor,
): TensorFlow.Tensor {
  const mixed = mix(inside(parameters, "attention"), norm(inside(parameters, "norm1"), x, epsilon));
  const between = addScaled(x, parameter(parameters, "scale1"), mixed);
  const thought = mlp(inside(parameters, "mlp"), norm(inside(parameters, "norm2"), between, epsilon));
  return addScaled(between, parameter(parameters, "scale2"), thought);
}

/** Features [B, T, width] to logits [B, T, vocabulary], by the table that embeds. */
export function unembed(parameters: Parameters, x: TensorFlow.Tensor): TensorFlow.Tensor {
  const normed = norm(inside(parameters, "norm"), x, epsilon);
  return linear(normed, tf.transpose(parameter(parameters, "embedding")));
}
