/**
 * MSSA, Multi-Head Subspace Self-Attention (CRATE, arXiv 2306.01129): attention in which queries, keys and values are
 * one projection onto subspaces, as a step of compression against them.
 *
 * Tokens are the rows of Z, and U_k the basis of head k's subspace, d × p:
 *
 *     SSA(Z | U_k) = softmax(Z U_k (Z U_k)ᵀ / √p) Z U_k,   MSSA(Z) = [SSA(Z | U_1), …, SSA(Z | U_h)] W.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { attentionWeights, softmaxAttention } from "../tensor/attention.ts";
import { tf } from "../tensor/native.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { constant, inside, nest, parameter, type Parameters } from "./parameters.ts";

/** What MSSA needs to know of a network. */
export interface MssaConfig {
  /** Features of a token, d. */
  readonly width: number;
  /** Heads h, one a subspace of p = d/h dimensions. */
  readonly heads: number;
  /**
   * The output map W: `free`, with a bias, as the official program has it, or `tied` to the subspaces as equations 11
   * and 12 have it, W = a [U_1, …, U_h]ᵀ with a learnable scalar a. Free where nothing is said.
   */
  readonly output?: "free" | "tied";
}

/** MSSA as a token mixer. A probe sees `projections` [B, h, n, p], which are the `queries` too, and `attention` [B, h, n, n]. */
export const mssa: Mixer<MssaConfig> = {
  specs: ({ width, output = "free" }) =>
    nest({
      projection: linearSpecsByFanIn(width, width, { bias: false }),
      // a starts at 1; in the paper it is p/(n ε²), which a learnable scalar can become.
      ...(output === "free" ? { output: linearSpecsByFanIn(width, width) } : { scale: constant([1], 1) }),
    }),

  mix: (parameters, tokens, { width, heads, output = "free" }, observe) => {
    const w = project(parameters, tokens, heads);
    const scale = (width / heads) ** -0.5;
    observe?.({ projections: w, queries: w, attention: attentionWeights(w, w, scale) });
    const compressed = mergeHeads(softmaxAttention(w, w, w, { scale }));
    if (output === "free") return dense(inside(parameters, "output"), compressed);
    const back = dense({ weight: tf.transpose(parameter(parameters, "projection.weight")) }, compressed);
    return tf.mul(parameter(parameters, "scale"), back);
  },
};

/** The projections Z U_k of tokens [B, n, d] onto the subspaces of MSSA: [B, h, n, p]. */
export function project(
  parameters: Parameters,
  tokens: TensorFlow.Tensor,
  heads: number,
): TensorFlow.Tensor4D {
  return splitHeads(dense(inside(parameters, "projection"), tokens), heads);
}
