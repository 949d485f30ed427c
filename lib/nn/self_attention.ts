/**
 * Softmax self-attention, the reference that TSSA replaces. Its time and memory are quadratic in the tokens.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { attentionWeights, softmaxAttention } from "../tensor/attention.ts";
import { tf } from "../tensor/native.ts";
import { mergeHeads, splitHeads } from "./heads.ts";
import { dense, linearSpecs } from "./linear.ts";
import type { Mixer } from "./mixer.ts";
import { inside, nest } from "./parameters.ts";

/** What self-attention needs to know of a network. */
export interface SelfAttentionConfig {
  /** Features of a token, d. */
  readonly width: number;
  /** Heads h; each has p = d/h features. */
  readonly heads: number;
}

/**
 * Softmax self-attention as a token mixer. A probe sees keys, as `projections` [B, h, n, p], `queries` [B, h, n, p], and
 * `attention` [B, h, n, n], rows summing to 1.
 */
export const selfAttention: Mixer<SelfAttentionConfig> = {
  specs: ({ width }) => nest({ qkv: linearSpecs(width, 3 * width), output: linearSpecs(width, width) }),

  mix: (parameters, tokens, { width, heads }, observe) => {
    const { query, key, value } = queryKeyValue(dense(inside(parameters, "qkv"), tokens), heads);
    const scale = (width / heads) ** -0.5;
    observe?.({ projections: key, queries: query, attention: attentionWeights(query, key, scale) });
    return dense(inside(parameters, "output"), mergeHeads(softmaxAttention(query, key, value, { scale })));
  },
};

/** Splits [B, n, 3·d] into queries, keys and values [B, h, n, p]. */
export function queryKeyValue(
  joined: TensorFlow.Tensor,
  heads: number,
): { query: TensorFlow.Tensor4D; key: TensorFlow.Tensor4D; value: TensorFlow.Tensor4D } {
  const [query, key, value] = tf.split(joined, 3, 2).map((part) => splitHeads(part, heads)) as [
    TensorFlow.Tensor4D,
    TensorFlow.Tensor4D,
    TensorFlow.Tensor4D,
  ];
  return { query, key, value };
}
