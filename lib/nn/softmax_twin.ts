/**
 * The softmax twin of ToST: the same skeleton, with softmax self-attention where ToST has TSSA.
 *
 * @module
 */
import type { Network } from "./network.ts";
import { selfAttention } from "./self_attention.ts";
import { VisionConfig, visionNetwork } from "./vision.ts";

/** The softmax twin. A probe sees each block's `tokens` [B, n, d], keys as `projections`, `queries` and `attention`. */
export const softmaxTwin: Network<VisionConfig> = visionNetwork("softmax-twin", VisionConfig, selfAttention);
