/**
 * MSSA, Multi-Head Subspace Self-Attention (CRATE, arXiv 2306.01129): attention in which queries, keys and values are
 * one projection onto subspaces, as a step of compression against them.
 *
 * @module
 */
import { attentionWeights, softmaxAttention } from "../tensor/attention.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { dense, linearSpecsByFanIn } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { inside, nest } from "./parameters.ts";

/** What MSSA needs to know of a network. */
export interface MssaConfig {
  /** Features of a token, d. */
  readonly width: number;
  /** Heads h, one a subspace of p = d/h dimensions. */
  readonly heads: number;
}

/**
 * MSSA as a token mixer, as the official program has it: the output map is free and has a bias, where the paper's
 * equations 11 and 12 tie it to the subspaces. A probe sees `projections` [B, h, n, p] and `attention` [B, h, n, n].
 */
export const mssa: Mixer<MssaConfig> = {
  specs: ({ width }) =>
    nest({
      projection: linearSpecsByFanIn(width, width, { bias: false }),
      output: linearSpecsByFanIn(width, width),
    }),

  mix: (parameters, tokens, { width, heads }, observe) => {
    const w = splitHeads(dense(inside(parameters, "projection"), tokens), heads);
    const scale = (width / heads) ** -0.5;
    observe?.({ projections: w, attention: attentionWeights(w, w, scale) });
    return dense(inside(parameters, "output"), mergeHeads(softmaxAttention(w, w, w, { scale })));
  },
};
