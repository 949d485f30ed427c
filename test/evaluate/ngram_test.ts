import { assertAlmostEquals, assertEquals } from "@std/assert";
import { bigramCrossEntropy, bigramEntropy, unigramEntropy } from "../../lib/evaluate/ngram.ts";

const text = "the quick brown fox jumps over the lazy dog and the cat";
const alphabet = [...new Set(text)].sort();
const tokens = Int32Array.from(text, (character) => alphabet.indexOf(character));

// Python: collections.Counter over characters and pairs.
Deno.test("entropies of a sentence equal a count by hand", () => {
  assertAlmostEquals(unigramEntropy(tokens, alphabet.length), 2.979414533017401, 1e-12);
  assertAlmostEquals(bigramEntropy(tokens, alphabet.length), 0.7965255617448288, 1e-12);
  const backwards = tokens.toReversed();
  assertAlmostEquals(bigramCrossEntropy(tokens, backwards, alphabet.length), 3.4018158875810913, 1e-12);
});

Deno.test("a text of one character has no entropy", () => {
  assertEquals(unigramEntropy(new Int32Array(10), 3), 0);
  assertEquals(bigramEntropy(new Int32Array(10), 3), 0);
});
