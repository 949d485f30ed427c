/**
 * ViT-MAE (He et al. 2022) in the skeleton of CRATE-MAE: what CRATE-MAE is compared with.
 *
 * As in the official program of CRATE-MAE, and unlike He et al., mask tokens come before the encoder, and attention has no
 * biases on queries, keys and values.
 *
 * @module
 */
import type { CrateBlock } from "./crate_shell.ts";
import { MaeConfig, type MaskedAutoencoder, maskedAutoencoder } from "./mae.ts";
import type { ParameterSpecs } from "./parameters.ts";
import { vitBlock, vitBlockSpecs } from "./vit.ts";

/** Layer normalisation's epsilon in the blocks: PyTorch's default. */
const epsilon = 1e-5;

/**
 * ViT-MAE. A probe sees of each block its `tokens` [B, 1 + n, d]; keys, as `projections` [B, h, 1 + n, p], `queries` and
 * `attention` [B, h, 1 + n, 1 + n]; and the tokens after attention, `compressed`, and after the perceptron, `sparse`.
 */
export const vitMae: MaskedAutoencoder<MaeConfig> = maskedAutoencoder("vit-mae", MaeConfig, {
  encoder: blockOf(({ heads }) => heads),
  decoder: blockOf(({ decoderHeads }) => decoderHeads),
});

/** A block of ViT: 12 width² + 10 width parameters, which is what CRATE's have at twice the width. */
function blockOf(headsOf: (config: MaeConfig) => number): CrateBlock<MaeConfig> {
  return {
    specs: (config) => withoutQkvBias(vitBlockSpecs({ width: config.width, heads: headsOf(config) })),
    forward: (parameters, tokens, config, probe) =>
      vitBlock(parameters, tokens, { width: config.width, heads: headsOf(config), epsilon }, probe),
  };
}

function withoutQkvBias({ "attention.qkv.bias": _, ...specs }: ParameterSpecs): ParameterSpecs {
  return specs;
}
