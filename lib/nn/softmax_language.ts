/**
 * The softmax twin of the ToST language model: the same shell with causal softmax attention, which is GPT-2 with
 * LayerScale.
 *
 * @module
 */
import { causalAttention } from "./causal_attention.ts";
import { type LanguageConfig, languageNetwork } from "./language.ts";
import type { Network } from "./network.ts";

/** The softmax language model. A probe sees each block's `tokens` [B, T, d]. */
export const softmaxLanguage: Network<LanguageConfig> = languageNetwork("softmax-language", causalAttention);
