/**
 * Tries: labels of several tokens, as the tree of their beginnings.
 *
 * @module
 */

/** A beginning of labels: which tokens may follow, and the label that it is, if it is one. */
export interface Trie {
  /** What may follow, by the token. */
  readonly next: ReadonlyMap<number, Trie>;
  /** The label that ends here. */
  readonly label?: number;
}

/**
 * Makes the trie of labels.
 *
 * @example Usage
 * ```ts
 * import { trieOf } from "./label_trie.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const trie = trieOf([[7, 1], [7, 2], [8]]);
 * assertEquals([...trie.next.keys()], [7, 8]);
 * assertEquals(trie.next.get(7)!.next.get(2)!.label, 1);
 * ```
 */
export function trieOf(labels: readonly (readonly number[])[]): Trie {
  const root: Growing = { next: new Map() };
  labels.forEach((tokens, label) => {
    let at = root;
    for (const token of tokens) {
      const known = at.next.get(token) ?? { next: new Map() };
      at.next.set(token, known);
      at = known;
    }
    at.label = label;
  });
  return root;
}

interface Growing {
  readonly next: Map<number, Growing>;
  label?: number;
}

/**
 * The likeliest of what may follow a beginning: a token, or `end` where a label ends here and ending is likelier.
 *
 * @param scores A score for each token of the vocabulary.
 * @param end The token that ends a label.
 */
export function likeliest({ next, label }: Trie, scores: (token: number) => number, end: number): number {
  let best = label === undefined ? undefined : end;
  for (const token of next.keys()) {
    if (best === undefined || scores(token) > scores(best)) best = token;
  }
  return best!;
}
