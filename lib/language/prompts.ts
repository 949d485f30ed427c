/**
 * Prompts as tokens.
 *
 * @module
 */
import type { LanguageModel, Prompt } from "./model.ts";

/**
 * The tokens of texts that begin alike, so that a model reads their common beginning once.
 *
 * Each text is cut into tokens whole and then split, since a tokeniser may cut a beginning otherwise when it stands alone:
 * SmolLM2's makes one token of two line breaks at the end of a text, and two of them inside.
 *
 * @returns A prompt a text, the model's own beginning included. All prefixes are one array; each rest has a token at least.
 */
export function promptsOf(
  model: Pick<LanguageModel, "beginning" | "tokens">,
  texts: readonly string[],
): readonly Prompt[] {
  const whole = texts.map((text) => Uint32Array.from([...model.beginning, ...model.tokens(text)]));
  const first = whole[0] ?? new Uint32Array(0);
  let common = Math.min(...whole.map(({ length }) => length - 1), first.length);
  for (const tokens of whole) {
    let same = 0;
    while (same < common && tokens[same] === first[same]) same += 1;
    common = same;
  }
  const prefix = first.slice(0, Math.max(0, common));
  return whole.map((tokens) => ({ prefix, rest: tokens.slice(prefix.length) }));
}
