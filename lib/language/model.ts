/**
 * Language models: what they make of a prompt.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";

/** A language model cannot be used, or not for this: what was wrong, and what to do. */
export class LanguageModelError extends Schema.TaggedError<LanguageModelError>()("LanguageModelError", {
  message: Schema.String,
}) {}

/** A prompt in two parts: what many prompts begin with, which is evaluated once, and what is this one's own. */
export interface Prompt {
  /** The tokens of the common beginning, which may be none. */
  readonly prefix: Uint32Array;
  /** The tokens that follow: at least one. */
  readonly rest: Uint32Array;
}

/** What a model makes of some tokens as the next one. */
export interface Choices {
  /** The probability of each, given that it is one of them: `[n]`, sums to 1. */
  readonly posterior: Float64Array;
  /** The probability that the next token is one of them. */
  readonly mass: number;
}

/** A language model that is open. */
export interface LanguageModel {
  /** What it is, as its file says: `llama 256M Q4_1`. */
  readonly description: string;
  /** The longest prompt, in tokens. */
  readonly context: number;
  /** The tokens that every prompt must begin with: BOS, for models that were trained with it. */
  readonly beginning: Uint32Array;
  /** The tokens of a text. It is all text: what looks like a special token is not one. */
  readonly tokens: (text: string) => Uint32Array;
  /** The text of tokens. */
  readonly text: (tokens: Uint32Array) => string;
  /** The probability of every token of the vocabulary as the next one: `[vocabulary]`. */
  readonly distribution: (prompt: Prompt) => Effect.Effect<Float32Array, LanguageModelError>;
  /**
   * The probabilities of a few tokens as the next one, much quicker than from the whole distribution.
   *
   * @param choices Different tokens: at least two.
   */
  readonly choose: (
    prompt: Prompt,
    choices: readonly number[],
  ) => Effect.Effect<Choices, LanguageModelError>;
}
