/**
 * A looped language model: a transformer whose few blocks, the core, are run again and again. How often is decided when
 * it is used, so that one model can think for as long as it is given.
 *
 * Each loop reads the embedded text anew, and normalises what it hands on: h ← LN(core(h + e)), from h = 0.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { gather } from "../tensor/gather.ts";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import { causalAttention } from "./causal_attention.ts";
import { Count, divides } from "./config.ts";
import { block } from "./language.ts";
import { layerScaleSpec } from "./layer_scale.ts";
import { linearSpecs } from "./linear.ts";
import type { Network } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import {
  countParameters,
  inside,
  nest,
  normal,
  parameter,
  type Parameters,
  type ParameterSpecs,
  repeat,
} from "./parameters.ts";

/** The configuration of a looped language model. */
export const LoopedConfig = Schema.Struct({
  /** Different tokens. */
  vocabulary: Count,
  /** The longest text, in tokens. */
  context: Count,
  /** Features of a token. */
  width: Count,
  /** Blocks of the core. */
  depth: Count,
  /** Attention heads; they divide the width. */
  heads: Count,
  /** The numbers of loops that it is trained to answer after, rising. */
  loops: Schema.Array(Count).check(Schema.isMinLength(1)),
}).check(divides("heads", "width"));

/** The configuration of a looped language model. */
export type LoopedConfig = typeof LoopedConfig.Type;

/** Layer normalisation's epsilon. */
const epsilon = 1e-5;

/** The looped language model. Its forward pass runs as many loops as the most that it is trained for. */
export const loopedLanguage: Network<LoopedConfig> = {
  name: "looped-language",
  config: LoopedConfig,
  specs: (config) => {
    const { vocabulary, context, width } = config;
    return nest({
      embedding: normal([vocabulary, width], 1),
      position: normal([context, width], 1),
      norm0: normSpecs(width, { bias: false }),
      core: coreSpecs(config),
      norm: normSpecs(width, { bias: false }),
      head: normal([width, vocabulary], width ** -0.5),
    });
  },
  forward: (parameters, tokens, config) => {
    const states = think(parameters, embedText(parameters, tokens), config, config.loops.at(-1)!);
    return tellTokens(parameters, states.at(-1)!);
  },
};

/**
 * The core's parameters. They start at 1/√inputs, since the core is narrow and is to learn within a thousand steps; maps
 * into the residual stream start smaller, as in GPT-2.
 */
function coreSpecs({ width, depth }: LoopedConfig): ParameterSpecs {
  const map = (inputs: number, outputs: number, share = 1) =>
    linearSpecs(inputs, outputs, { bias: false, deviation: share * inputs ** -0.5 });
  const residual = (2 * depth) ** -0.5;
  return repeat(
    depth,
    nest({
      norm1: normSpecs(width, { bias: false }),
      attention: nest({ qkv: map(width, 3 * width), output: map(width, width, residual) }),
      scale1: layerScaleSpec(width, 1),
      norm2: normSpecs(width, { bias: false }),
      mlp: nest({ up: map(width, 4 * width), down: map(4 * width, width, residual) }),
      scale2: layerScaleSpec(width, 1),
    }),
  );
}

/** Tokens [B, T] to their embeddings [B, T, width], before places are added: where an attacker's own vectors go. */
export function embedTokens(parameters: Parameters, tokens: TensorFlow.Tensor): TensorFlow.Tensor {
  return gather(parameter(parameters, "embedding"), tokens);
}

/** Embeddings [B, T, width] with their places, normalised: what each loop reads. */
export function placeEmbeddings(parameters: Parameters, embedded: TensorFlow.Tensor): TensorFlow.Tensor {
  const position = tf.slice(parameter(parameters, "position"), [0, 0], [embedded.shape[1]!, -1]);
  return norm(inside(parameters, "norm0"), tf.add(embedded, position), epsilon);
}

/** Tokens [B, T] to what each loop reads [B, T, width]. */
export function embedText(parameters: Parameters, tokens: TensorFlow.Tensor): TensorFlow.Tensor {
  return placeEmbeddings(parameters, embedTokens(parameters, tokens));
}

/** Runs so many loops on a text [B, T, width]. Returns the state [B, T, width] after each. */
export function think(
  parameters: Parameters,
  text: TensorFlow.Tensor,
  config: LoopedConfig,
  loops: number,
): readonly TensorFlow.Tensor[] {
  const states: TensorFlow.Tensor[] = [];
  for (let loop = 0; loop < loops; loop++) {
    let x = loop === 0 ? text : tf.add(states.at(-1)!, text);
    for (let layer = 0; layer < config.depth; layer++) {
      const mix = (attention: Parameters, normed: TensorFlow.Tensor) =>
        causalAttention.mix(attention, normed, config);
      x = block(inside(parameters, `core.${layer}`), x, mix);
    }
    states.push(norm(inside(parameters, "norm"), x, epsilon));
  }
  return states;
}

/** States [B, T, width] to logits [B, T, vocabulary]. */
export function tellTokens(parameters: Parameters, states: TensorFlow.Tensor): TensorFlow.Tensor {
  return linear(states, parameter(parameters, "head"));
}

/**
 * Floating-point operations of so many tokens in so many loops: 2 P · tokens · loops, with P the parameters of the core.
 */
export function loopedOperations(config: LoopedConfig, tokens: number, loops: number): number {
  return 2 * countParameters(coreSpecs(config)) * tokens * loops;
}
