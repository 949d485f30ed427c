/**
 * CRATE-MAE, the masked autoencoder of structured diffusion (arXiv 2404.02446): an encoder that denoises tokens towards
 * low-dimensional subspaces, and a decoder that runs the same process backwards.
 *
 *     encoder f^ℓ:  Z^{ℓ+½} = Z^ℓ + MSSA(Z^ℓ | U^ℓ),   Z^{ℓ+1} = ISTA(Z^{ℓ+½} | D^ℓ)
 *     decoder g^ℓ:  Y^{ℓ+½} = E^ℓ Y^ℓ,                 Y^{ℓ+1} = Y^{ℓ+½} − MSSA(Y^{ℓ+½} | V^ℓ)
 *
 * Block g^ℓ of the decoder is to undo block f^{L+1−ℓ} of the encoder, though they share no parameters: E that of the
 * dictionary D, and minus MSSA, a step up the coding rate, that of plus MSSA, a step down.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { linear } from "../tensor/linear.ts";
import { tf } from "../tensor/native.ts";
import { crateBlock, type CrateBlockConfig } from "./crate.ts";
import { type CrateBlock, crateEpsilon } from "./crate_shell.ts";
import { dictionarySpec } from "./ista.ts";
import { maeChecks, MaeConfig, type MaskedAutoencoder, maskedAutoencoder } from "./mae.ts";
import { mssa } from "./mssa.ts";
import type { Activations } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import { inside, nest, parameter } from "./parameters.ts";

/** The configuration of CRATE-MAE. */
export const CrateMaeConfig = Schema.Struct({
  ...MaeConfig.fields,
  /** The step size η of ISTA: 0.1 officially. */
  step: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** The weight λ of ISTA's ℓ1 norm: 0.5 in the official program, 0.1 in that of its checkpoint and in the book. */
  sparsity: Schema.Finite,
}).check(...maeChecks);

/** The configuration of CRATE-MAE. */
export type CrateMaeConfig = typeof CrateMaeConfig.Type;

/** f^ℓ: a block of CRATE. */
const encoder: CrateBlock<CrateMaeConfig> = {
  specs: (config) => crateBlock.specs(asCrate(config)),
  forward: (parameters, tokens, config, probe) =>
    crateBlock.forward(parameters, tokens, asCrate(config), probe),
};

/** g^ℓ: E without the threshold that made tokens sparse, then a step up the coding rate. */
const decoder: CrateBlock<CrateMaeConfig> = {
  specs: ({ width, decoderHeads: heads }) =>
    nest({
      norm1: normSpecs(width),
      dictionary: dictionarySpec(width),
      norm2: normSpecs(width),
      attention: mssa.specs({ width, heads }),
    }),

  forward: (parameters, tokens, { width, decoderHeads: heads }, probe) => {
    let seen: Activations = {};
    const observe = probe && ((found: Activations) => {
      seen = found;
    });
    // Y^{ℓ+½} = E LN(Y^ℓ)
    const normed = norm(inside(parameters, "norm1"), tokens, crateEpsilon);
    const dense = linear(normed, tf.transpose(parameter(parameters, "dictionary")));
    // Y^{ℓ+1} = Y^{ℓ+½} − MSSA(LN Y^{ℓ+½})
    const read = norm(inside(parameters, "norm2"), dense, crateEpsilon);
    const expanded = tf.sub(
      dense,
      mssa.mix(inside(parameters, "attention"), read, { width, heads }, observe),
    );
    probe?.({ tokens, dense, ...seen, expanded });
    return expanded;
  },
};

/**
 * CRATE-MAE. A probe sees of each block of the encoder what that of `crateBlock` does; of the decoder its `tokens` Y^ℓ and
 * `dense` Y^{ℓ+½} [B, 1 + n, d]; the `projections` LN(Y^{ℓ+½}) V_k [B, h, 1 + n, p], which are the `queries` too, and
 * `attention` [B, h, 1 + n, 1 + n]; and `expanded` Y^{ℓ+1}.
 */
export const crateMae: MaskedAutoencoder<CrateMaeConfig> = maskedAutoencoder("crate-mae", CrateMaeConfig, {
  encoder,
  decoder,
});

function asCrate({ width, heads, step, sparsity }: CrateMaeConfig): CrateBlockConfig {
  return { width, heads, step, sparsity, output: "free", prox: "ista" };
}
