/**
 * Entropies of a text by counting: what a language model must beat to have learnt more than pairs of characters.
 *
 * @module
 */

/**
 * The entropy of single tokens, −Σ_a p(a) log p(a), in nats a token.
 *
 * @param tokens The text as indices below `vocabulary`.
 * @param vocabulary How many different tokens there are.
 */
export function unigramEntropy(tokens: Int32Array, vocabulary: number): number {
  return entropyOf(count(tokens, vocabulary), tokens.length);
}

/**
 * The entropy of a token once the one before it is known, −Σ_ab p(a,b) log p(b|a), in nats a token.
 *
 * @example A text in which each character tells the next
 * ```ts
 * import { bigramEntropy, unigramEntropy } from "./ngram.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const tokens = Int32Array.from({ length: 1000 }, (_, i) => i % 2);
 * assertAlmostEquals(unigramEntropy(tokens, 2), Math.log(2), 1e-12);
 * assertAlmostEquals(bigramEntropy(tokens, 2), 0, 1e-12);
 * ```
 *
 * @param tokens The text as indices below `vocabulary`.
 * @param vocabulary How many different tokens there are.
 */
export function bigramEntropy(tokens: Int32Array, vocabulary: number): number {
  const pairs = tokens.length - 1;
  return entropyOf(countPairs(tokens, vocabulary), pairs) -
    entropyOf(count(tokens.subarray(0, pairs), vocabulary), pairs);
}

/**
 * What the table of pairs of one text costs on another, −mean log p(b|a), in nats a token, with p(b|a) =
 * (count(a,b) + 1) / (count(a) + vocabulary): each pair is taken to have been seen once more than it was.
 *
 * @param known The text whose pairs are counted.
 * @param other The text that is coded with them.
 * @param vocabulary How many different tokens both have.
 */
export function bigramCrossEntropy(known: Int32Array, other: Int32Array, vocabulary: number): number {
  const pairs = countPairs(known, vocabulary);
  const firsts = count(known.subarray(0, known.length - 1), vocabulary);
  let nats = 0;
  for (let i = 1; i < other.length; i++) {
    const [a, b] = [other[i - 1]!, other[i]!];
    nats -= Math.log((pairs[a * vocabulary + b]! + 1) / (firsts[a]! + vocabulary));
  }
  return nats / (other.length - 1);
}

function count(tokens: Int32Array, vocabulary: number): Float64Array {
  const counts = new Float64Array(vocabulary);
  for (const token of tokens) counts[token]!++;
  return counts;
}

/** Counts of pairs, the first token moving slowest. */
function countPairs(tokens: Int32Array, vocabulary: number): Float64Array {
  const counts = new Float64Array(vocabulary * vocabulary);
  for (let i = 1; i < tokens.length; i++) counts[tokens[i - 1]! * vocabulary + tokens[i]!]!++;
  return counts;
}

function entropyOf(counts: Float64Array, total: number): number {
  return counts.reduce((sum, n) => n === 0 ? sum : sum - n / total * Math.log(n / total), 0);
}
