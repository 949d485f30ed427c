/**
 * ToST as a language model: causal TSSA in the shell of nanoGPT.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { type CausalState, causalTssa, causalTssaStep, emptyCausalState } from "./causal_tssa.ts";
import { block, embed, type LanguageConfig, languageNetwork, unembed } from "./language.ts";
import type { Network } from "./network.ts";
import { inside, type Parameters } from "./parameters.ts";

/** ToST as a language model. A probe sees each block's `tokens` [B, T, d] and `projections` [B, h, T, p]. */
export const tostLanguage: Network<LanguageConfig> = languageNetwork("tost-language", causalTssa);

/** What the model remembers of the text so far: one state a block, of a size that does not depend on the text's. */
export type Memory = readonly CausalState[];

/** The memory before the first token. */
export function emptyMemory(batch: number, config: LanguageConfig): Memory {
  return Array.from({ length: config.depth }, () => emptyCausalState(batch, config));
}

/**
 * Reads one more token: the recurrent form of {@linkcode tostLanguage}, equal to it at every place.
 *
 * @param token The token [B, 1].
 * @param position Its place in the text, from 0.
 * @returns The logits of the next token [B, 1, vocabulary], and the memory after this one.
 */
export function readToken(
  parameters: Parameters,
  memory: Memory,
  token: TensorFlow.Tensor,
  position: number,
  config: LanguageConfig,
): { readonly logits: TensorFlow.Tensor; readonly memory: Memory } {
  const after: CausalState[] = [];
  let x = embed(parameters, token, position);
  for (const [layer, state] of memory.entries()) {
    x = block(inside(parameters, `blocks.${layer}`), x, (attention, normed) => {
      const step = causalTssaStep(attention, state, normed, position, config);
      after.push(step.state);
      return step.out;
    });
  }
  return { logits: unembed(parameters, x), memory: after };
}
