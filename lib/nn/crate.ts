/**
 * CRATE, the white-box transformer of sparse rate reduction (arXiv 2306.01129), as an image classifier. Each block
 * compresses the tokens with MSSA and then sparsifies them with ISTA.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { tf } from "../tensor/native.ts";
import { type CrateBlock, crateChecks, crateEpsilon, crateNetwork, CrateShellConfig } from "./crate_shell.ts";
import { dictionarySpec, ista, majorisation } from "./ista.ts";
import { mssa, project } from "./mssa.ts";
import type { Activations, Network } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import { inside, nest, parameter } from "./parameters.ts";

/** The configuration of CRATE. */
export const CrateConfig = Schema.Struct({
  ...CrateShellConfig.fields,
  /** The step size η of ISTA: 0.1 officially. */
  step: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** The weight λ of ISTA's ℓ1 norm: 0.1 officially. */
  sparsity: Schema.Finite,
  /** The output map of MSSA: free, as officially, or tied to the subspaces as in equations 11 and 12. */
  output: Schema.Literals(["free", "tied"]),
  /** What makes tokens sparse: ISTA, as officially, or a step of majorisation (equation 92). */
  prox: Schema.Literals(["ista", "majorisation"]),
}).check(...crateChecks);

/** The configuration of CRATE. */
export type CrateConfig = typeof CrateConfig.Type;

/** What a block of CRATE needs to know of a network. */
export type CrateBlockConfig = Pick<CrateConfig, "width" | "heads" | "step" | "sparsity" | "output" | "prox">;

/**
 * A block of CRATE. A probe sees its `tokens` Z^ℓ [B, 1 + n, d]; its `projections` LN(Z^ℓ) U_k [B, h, 1 + n, p], which are
 * the `queries` too, and `attention` [B, h, 1 + n, 1 + n]; what MSSA makes of the tokens, `compressed` Z^{ℓ+½}
 * [B, 1 + n, d], and its projections LN(Z^{ℓ+½}) U_k, `compressedProjections`; and what ISTA makes of that, `sparse`
 * Z^{ℓ+1}.
 */
export const crateBlock: CrateBlock<CrateBlockConfig> = {
  specs: (config) =>
    nest({
      norm1: normSpecs(config.width),
      attention: mssa.specs(config),
      norm2: normSpecs(config.width),
      dictionary: dictionarySpec(config.width),
    }),

  forward: (parameters, tokens, config, probe) => {
    const [attention, norm1] = [inside(parameters, "attention"), inside(parameters, "norm1")];
    let seen: Activations = {};
    const observe = probe && ((found: Activations) => {
      seen = found;
    });
    // Z^{ℓ+½} = Z^ℓ + MSSA(LN Z^ℓ)
    const compressed = tf.add(
      tokens,
      mssa.mix(attention, norm(norm1, tokens, crateEpsilon), config, observe),
    );
    // Z^{ℓ+1} = ISTA(LN Z^{ℓ+½}): nothing is added to ISTA's result.
    const sparsify = config.prox === "ista" ? ista : majorisation;
    const sparse = sparsify(
      norm(inside(parameters, "norm2"), compressed, crateEpsilon),
      parameter(parameters, "dictionary"),
      config,
    );
    probe?.({
      tokens,
      ...seen,
      compressed,
      compressedProjections: project(attention, norm(norm1, compressed, crateEpsilon), config.heads),
      sparse,
    });
    return sparse;
  },
};

/** CRATE. A probe sees of each block what that of {@linkcode crateBlock} does. */
export const crate: Network<CrateConfig> = crateNetwork("crate", CrateConfig, crateBlock);
