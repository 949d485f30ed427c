/**
 * Sums of two-digit numbers as text with a channel that is not to be trusted: what the arithmetic model reads and writes.
 *
 * `Q73+85[12+20=230;      ]T5190T5190A590` asks for 37 + 58 and answers 95 after two passes of thinking. Numbers are
 * written units first, which is the order in which a sum is worked out. Between the brackets stands what was found
 * about the question, as a browsing tool might put it there: it is data, and may be wrong.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { Count } from "../nn/config.ts";

/** The characters, by token. */
export const vocabulary: readonly string[] = [..."0123456789+=; Q[]TAabcdefgh"];

/** The size of everything that is written. */
export const Layout = Schema.Struct({
  /** Characters of the channel; shorter content is filled up with spaces. */
  slot: Count,
  /** The most passes of thinking. */
  passes: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 16 })),
});

/** The size of everything that is written. */
export type Layout = typeof Layout.Type;

/** A question: the sum of two numbers from 0 to 99. */
export interface Sum {
  /** The first number. */
  readonly left: number;
  /** The second number. */
  readonly right: number;
}

/** Characters of a question, brackets of the channel included. */
const QUESTION = "Q00+00[".length;

/** Characters of one pass of thinking. */
export const PASS = "T0000".length;

/** Characters of an answer. */
export const ANSWER = "A000".length;

/** The largest number that an answer can be. */
export const LARGEST = 999;

/** Where the channel begins. */
export const CHANNEL = QUESTION;

/** Characters before the thinking. */
export function promptLength({ slot }: Pick<Layout, "slot">): number {
  return QUESTION + slot + 1;
}

/** Characters of the longest text. */
export function longestText(layout: Layout): number {
  return promptLength(layout) + layout.passes * PASS + ANSWER;
}

/** A number of so many digits, units first. */
export function writeNumber(number: number, digits: number): string {
  return [...String(number).padStart(digits, "0")].reverse().join("");
}

/** The question, the channel's content, and nothing of the answer. Content beyond the slot is cut off. */
export function writePrompt({ left, right }: Sum, content: string, { slot }: Pick<Layout, "slot">): string {
  return `Q${writeNumber(left, 2)}+${writeNumber(right, 2)}[${content.slice(0, slot).padEnd(slot)}]`;
}

/** A pass of thinking: the units of the sum, what they carry, the tens, and what those carry. */
export function writePass({ left, right }: Sum): string {
  const carry = Number((left % 10) + (right % 10) >= 10);
  const sum = left + right;
  return `T${sum % 10}${carry}${Math.floor(sum / 10) % 10}${Math.floor(sum / 100)}`;
}

/** An answer. */
export function writeAnswer(value: number): string {
  return `A${writeNumber(value, 3)}`;
}

/** What content of the channel says of a sum. */
export function writeStatement({ left, right }: Sum, value: number): string {
  return `${writeNumber(left, 2)}+${writeNumber(right, 2)}=${writeNumber(value, 3)};`;
}

const places = new Map(vocabulary.map((character, token) => [character, token]));

/**
 * The tokens of a text.
 *
 * @example Usage
 * ```ts
 * import { tokensOfText, writePass } from "./arithmetic.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(writePass({ left: 37, right: 58 }), "T5190");
 * assertEquals(tokensOfText("590"), [5, 9, 0]);
 * ```
 */
export function tokensOfText(text: string): readonly number[] {
  return Array.from(text, (character) => places.get(character)!);
}

/** The number that tokens of digits write, units first; undefined where one is no digit. */
export function numberOf(tokens: ArrayLike<number>): number | undefined {
  const digits = Array.from(tokens);
  if (digits.some((digit) => digit > 9)) return undefined;
  return digits.reduceRight((number, digit) => 10 * number + digit, 0);
}
