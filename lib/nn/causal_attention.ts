/**
 * Causal softmax self-attention, as in GPT-2.
 *
 * @module
 */
import { softmaxAttention } from "../tensor/attention.ts";
import { type CausalConfig, residualDeviation } from "./causal.ts";
import { mergeHeads } from "./heads.ts";
import { dense, linearSpecs } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { inside, nest } from "./parameters.ts";
import { queryKeyValue } from "./self_attention.ts";

/** Causal softmax self-attention as a token mixer: each token attends to itself and to those before it. */
export const causalAttention: Mixer<CausalConfig> = {
  specs: ({ width, depth }) =>
    nest({
      qkv: linearSpecs(width, 3 * width, { bias: false }),
      output: linearSpecs(width, width, { bias: false, deviation: residualDeviation(depth) }),
    }),

  mix: (parameters, tokens, { width, heads }) => {
    const { query, key, value } = queryKeyValue(dense(inside(parameters, "qkv"), tokens), heads);
    const out = softmaxAttention(query, key, value, { scale: (width / heads) ** -0.5, causal: true });
    return dense(inside(parameters, "output"), mergeHeads(out));
  },
};
