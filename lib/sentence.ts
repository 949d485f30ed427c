/**
 * Sentences: what parts of the program say, as a reader sees it.
 *
 * @module
 */

/**
 * Begins a text with a capital, where it begins with a word, and ends it with a full stop.
 *
 * @example Usage
 * ```ts
 * import { sentence } from "./sentence.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sentence("the disk is full"), "The disk is full.");
 * assertEquals(sentence("f(x) = log(1 + x)."), "f(x) = log(1 + x).");
 * ```
 */
export function sentence(text: string): string {
  const begun = /^[a-z]{2,}\b(?![(.])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
