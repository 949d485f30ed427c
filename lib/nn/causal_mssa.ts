/**
 * Causal MSSA (CRATE, arXiv 2311.13110): each token is compressed against itself and those before it.
 *
 * @module
 */
import { softmaxAttention } from "../tensor/attention.ts";
import { type CausalConfig, residualDeviation } from "./causal.ts";
import { mergeHeads } from "./heads.ts";
import { dense, linearSpecs } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { project } from "./mssa.ts";
import { inside, nest } from "./parameters.ts";

/**
 * Causal MSSA as a token mixer, as the official program has it: the output map is free and has a bias. A probe sees
 * `projections` [B, h, T, p].
 */
export const causalMssa: Mixer<CausalConfig> = {
  specs: ({ width, depth }) =>
    nest({
      projection: linearSpecs(width, width, { bias: false }),
      output: linearSpecs(width, width, { deviation: residualDeviation(depth) }),
    }),

  mix: (parameters, tokens, { width, heads }, observe) => {
    const w = project(parameters, tokens, heads);
    observe?.({ projections: w });
    const out = softmaxAttention(w, w, w, { scale: (width / heads) ** -0.5, causal: true });
    return dense(inside(parameters, "output"), mergeHeads(out));
  },
};
