/** A language model that answers by a rule: for trying what is built on one. */
import * as Effect from "effect/Effect";
import type { NamedModel } from "../../lib/language/use.ts";

/** A scripted model, and the prompts that it was asked. */
export interface Scripted {
  /** The model. Its tokens are the codes of letters, but for words after a space, which are one token each. */
  readonly model: Pick<NamedModel, "name" | "beginning" | "tokens" | "choose">;
  /** The texts of the prompts, in their order. */
  readonly asked: string[];
}

/**
 * Makes a scripted model.
 *
 * @param probability The probability of the last of the choices, by the text of the prompt.
 */
export function scripted(probability: (text: string) => number): Scripted {
  const asked: string[] = [];
  const words: string[] = [];
  const tokens = (text: string) =>
    Uint32Array.from(text.match(/ ?[^ ]+| /g) ?? [], (word) => {
      if (!words.includes(word)) words.push(word);
      return words.indexOf(word);
    });
  const textOf = (list: Uint32Array) => Array.from(list, (token) => words[token]).join("");
  return {
    asked,
    model: {
      name: "scripted",
      beginning: new Uint32Array(0),
      tokens,
      choose: ({ prefix, rest }, choices) =>
        Effect.sync(() => {
          const text = textOf(prefix) + textOf(rest);
          asked.push(text);
          const last = probability(text);
          const others = (1 - last) / (choices.length - 1);
          const posterior = Float64Array.from(choices, (_, place) =>
            place === choices.length - 1 ? last : others);
          return { posterior, mass: 0.5 };
        }),
    },
  };
}
