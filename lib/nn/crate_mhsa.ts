/**
 * CRATE-MHSA, an ablation of CRATE (arXiv 2308.16271, section 4.3): ISTA sparsifies, but the transformer's attention with
 * its own queries, keys and values takes MSSA's place.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { tf } from "../tensor/native.ts";
import { crateChecks, crateEpsilon, crateNetwork, CrateShellConfig } from "./crate_shell.ts";
import { dictionarySpec, ista } from "./ista.ts";
import type { Activations, Network } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import { inside, nest, parameter } from "./parameters.ts";
import { selfAttention } from "./self_attention.ts";

/** The configuration of CRATE-MHSA. */
export const CrateMhsaConfig = Schema.Struct({
  ...CrateShellConfig.fields,
  /** The step size η of ISTA. */
  step: Schema.Finite,
  /** The weight λ of ISTA's ℓ1 norm. */
  sparsity: Schema.Finite,
}).check(...crateChecks);

/** The configuration of CRATE-MHSA. */
export type CrateMhsaConfig = typeof CrateMhsaConfig.Type;

/** CRATE-MHSA. A probe sees what CRATE's sees, with keys for `projections`, but no `compressedProjections`. */
export const crateMhsa: Network<CrateMhsaConfig> = crateNetwork("crate-mhsa", CrateMhsaConfig, {
  specs: (config) =>
    nest({
      norm1: normSpecs(config.width),
      attention: selfAttention.specs(config),
      norm2: normSpecs(config.width),
      dictionary: dictionarySpec(config.width),
    }),

  forward: (parameters, tokens, config, probe) => {
    let seen: Activations = {};
    const mixed = selfAttention.mix(
      inside(parameters, "attention"),
      norm(inside(parameters, "norm1"), tokens, crateEpsilon),
      config,
      probe && ((found) => {
        seen = found;
      }),
    );
    const compressed = tf.add(tokens, mixed);
    const sparse = ista(
      norm(inside(parameters, "norm2"), compressed, crateEpsilon),
      parameter(parameters, "dictionary"),
      config,
    );
    probe?.({ tokens, ...seen, compressed, sparse });
    return sparse;
  },
});
