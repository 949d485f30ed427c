/**
 * CRATE-MLP, an ablation of CRATE (arXiv 2308.16271, section 4.3): MSSA compresses, but the transformer's perceptron
 * with its residual connection takes ISTA's place.
 *
 * @module
 */
import { tf } from "../tensor/native.ts";
import { crateEpsilon, crateNetwork, CrateShellConfig } from "./crate_shell.ts";
import { mlp, mlpSpecs } from "./mlp.ts";
import { mssa, project } from "./mssa.ts";
import type { Activations, Network } from "./network.ts";
import { norm, normSpecs } from "./norm.ts";
import { inside, nest } from "./parameters.ts";

/** CRATE-MLP. A probe sees what CRATE's sees; `sparse` is what the block ends with. */
export const crateMlp: Network<CrateShellConfig> = crateNetwork("crate-mlp", CrateShellConfig, {
  specs: ({ width, heads }) =>
    nest({
      norm1: normSpecs(width),
      attention: mssa.specs({ width, heads }),
      norm2: normSpecs(width),
      mlp: mlpSpecs(width),
    }),

  forward: (parameters, tokens, { width, heads }, probe) => {
    const [attention, norm1] = [inside(parameters, "attention"), inside(parameters, "norm1")];
    let seen: Activations = {};
    const observe = probe && ((found: Activations) => {
      seen = found;
    });
    const normed = norm(norm1, tokens, crateEpsilon);
    const compressed = tf.add(tokens, mssa.mix(attention, normed, { width, heads }, observe));
    const thought = mlp(
      inside(parameters, "mlp"),
      norm(inside(parameters, "norm2"), compressed, crateEpsilon),
    );
    const sparse = tf.add(compressed, thought);
    probe?.({
      tokens,
      ...seen,
      compressed,
      compressedProjections: project(attention, norm(norm1, compressed, crateEpsilon), heads),
      sparse,
    });
    return sparse;
  },
});
