/**
 * Causal CRATE (arXiv 2311.13110), as a language model: blocks of CRATE in the shell of nanoGPT, as the official program
 * has it. There is no perceptron, no LayerScale and no last normalisation.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type * as TensorFlow from "@tensorflow/tfjs";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import { causalMssa } from "./causal_mssa.ts";
import { Count, divides } from "./config.ts";
import { dictionarySpec, ista } from "./ista.ts";
import { embed } from "./language.ts";
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

/** The configuration of causal CRATE. */
export const CrateLanguageConfig = Schema.Struct({
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
  /** The step size η of ISTA: 0.1 officially. */
  step: Schema.Finite,
  /** The weight λ of ISTA's ℓ1 norm: 0.1 officially. */
  sparsity: Schema.Finite,
}).check(divides("heads", "width"));

/** The configuration of causal CRATE. */
export type CrateLanguageConfig = typeof CrateLanguageConfig.Type;

/** The official configuration, of GPT-2's size: its vocabulary padded to a multiple of 64, and 1024 tokens of context. */
export const crateGpt2Base: CrateLanguageConfig = {
  ...{ vocabulary: 50304, context: 1024, width: 768, depth: 12, heads: 12 },
  ...{ step: 0.1, sparsity: 0.1 },
};

/** Layer normalisation's epsilon. */
const epsilon = 1e-5;

/**
 * Causal CRATE: tokens [B, T] to logits [B, T, vocabulary]. A probe sees each block's `tokens` [B, T, d], `projections`
 * [B, h, T, p], `compressed` and `sparse`.
 */
export const crateLanguage: Network<CrateLanguageConfig> = {
  name: "crate-language",
  config: CrateLanguageConfig,
  specs: crateLanguageSpecs,
  forward: (parameters, tokens, config, pass = {}) => {
    let x = embed(parameters, tokens, 0);
    for (let layer = 0; layer < config.depth; layer++) {
      x = block(inside(parameters, `blocks.${layer}`), x, config, layer, pass);
    }
    return linear(x, tf.transpose(parameter(parameters, "embedding"))); // the head is the table that embeds
  },
};

function crateLanguageSpecs(config: CrateLanguageConfig): ParameterSpecs {
  const { vocabulary, context, width, depth } = config;
  return nest({
    embedding: normal([vocabulary, width], 0.02),
    position: normal([context, width], 0.02),
    blocks: repeat(
      depth,
      nest({
        norm1: normSpecs(width),
        attention: causalMssa.specs(config),
        norm2: normSpecs(width),
        dictionary: dictionarySpec(width),
      }),
    ),
  });
}

/** Z^{ℓ+½} = Z^ℓ + MSSA(LN Z^ℓ), then Z^{ℓ+1} = ISTA(LN Z^{ℓ+½}). */
function block(
  parameters: Parameters,
  tokens: TensorFlow.Tensor,
  config: CrateLanguageConfig,
  layer: number,
  { probe }: Pass,
): TensorFlow.Tensor {
  let seen = {};
  const mixed = causalMssa.mix(
    inside(parameters, "attention"),
    norm(inside(parameters, "norm1"), tokens, epsilon),
    config,
    probe && ((found) => {
      seen = found;
    }),
  );
  const compressed = tf.add(tokens, mixed);
  const sparse = ista(
    norm(inside(parameters, "norm2"), compressed, epsilon),
    parameter(parameters, "dictionary"),
    config,
  );
  probe?.(layer, { tokens, ...seen, compressed, sparse });
  return sparse;
}
