/**
 * TSSA, Token Statistics Self-Attention (arXiv 2412.17810): attention whose time and memory are linear in the number
 * of tokens, derived by descending a variational form of the coding rate.
 *
 * Tokens are the rows of Z. With w = Z U (heads w_k, n × p) and memberships Π (n × h, rows sum to 1),
 *
 *     TSSA(Z) = − [ (w_k ⊙ π_k) D_k ]_k W,   D_k = Diag(1 / (1 + s_k)),   s_k = Σ_j Π_jk w_jk² / Σ_j Π_jk.
 *
 * Directions of a head in which its tokens have little power are suppressed; those with much power are kept.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "../tensor/native.ts";
import { tssa as tssaCore, tssaMembership } from "../tensor/tssa.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { dense, linearSpecs } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { constant, inside, nest, parameter } from "./parameters.ts";

/** What TSSA needs to know of a network. */
export interface TssaConfig {
  /** Features of a token, d. */
  readonly width: number;
  /** Heads h; each has p = d/h features. */
  readonly heads: number;
  /**
   * `code`: as the authors' program has it: memberships from energies that are normalised over the tokens, a
   * learnable temperature a head, biases, and a free output map. `paper`: as equations 7 to 10 have it: memberships
   * from plain energies over 2η with a learnable η, no biases, and the output map tied to Uᵀ. In both, the factors
   * d/ε² and τ/n are 1, since U and the block's LayerScale can hold them.
   */
  readonly form: "code" | "paper";
}

/** TSSA as a token mixer. A probe sees `projections` w [B, h, n, p] and `memberships` Π [B, h, n]. */
export const tssa: Mixer<TssaConfig> = {
  specs: ({ width, heads, form }) =>
    form === "code"
      ? nest({
        projection: linearSpecs(width, width),
        temperature: constant([heads, 1], 1),
        output: linearSpecs(width, width),
      })
      : nest({
        projection: linearSpecs(width, width, { bias: false }),
        // 1/(2η) starts at 1, as the temperature does.
        eta: constant([1], 0.5),
      }),

  mix: (parameters, tokens, { heads, form }, observe) => {
    const w = splitHeads(dense(inside(parameters, "projection"), tokens), heads);
    if (form === "paper") {
      const memberships = membershipsOfFormula(w, parameter(parameters, "eta"));
      observe?.({ projections: w, memberships });
      const out = mergeHeads(tssaOfFormula(w, memberships));
      return dense({ weight: tf.transpose(parameter(parameters, "projection.weight")) }, out);
    }
    const temperature = parameter(parameters, "temperature");
    observe?.({ projections: w, memberships: tssaMembership(w, temperature) });
    return dense(inside(parameters, "output"), mergeHeads(tssaCore(w, temperature)));
  },
};

/**
 * Memberships Π of the paper's equation 10: the posterior of a mixture of Gaussians, one a subspace.
 *
 * @param w Projections [B, h, n, p].
 * @param eta The variance η [1].
 * @returns Memberships [B, h, n]; they sum to 1 over h, and a token's do not depend on the other tokens, unlike the
 * official program's.
 */
export function membershipsOfFormula(w: TensorFlow.Tensor, eta: TensorFlow.Tensor): TensorFlow.Tensor3D {
  const logits = tf.div(tf.sum(tf.square(w), 3), tf.mul(2, eta));
  // over the heads, where tfjs takes softmax over the last axis only
  return tf.transpose(tf.softmax(tf.transpose(logits, [0, 2, 1])), [0, 2, 1]) as TensorFlow.Tensor3D;
}

/**
 * The core of TSSA for given memberships, as the gradient of R^var (equations 7 to 9) has it with τ/n = 1:
 * − w ⊙ π ⊙ f′(s) with f(x) = log(1 + (d/ε²) x).
 *
 * @param w Projections [B, h, n, p].
 * @param memberships Memberships [B, h, n].
 * @param precision The factor d/ε².
 * @returns [B, h, n, p]
 */
export function tssaOfFormula(
  w: TensorFlow.Tensor,
  memberships: TensorFlow.Tensor,
  precision = 1,
): TensorFlow.Tensor4D {
  const weight = tf.expandDims(memberships, 3);
  const moment = tf.div(tf.sum(tf.mul(weight, tf.square(w)), 2, true), tf.sum(weight, 2, true));
  const slope = tf.div(precision, tf.add(1, tf.mul(precision, moment)));
  return tf.neg(tf.mul(tf.mul(w, weight), slope)) as TensorFlow.Tensor4D;
}
