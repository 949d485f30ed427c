/**
 * Suggestions: the names that a mistyped one is nearest to.
 *
 * @module
 */

/**
 * The names nearest to what was typed, the nearest first; none where all are too far off to help.
 *
 * @example Usage
 * ```ts
 * import { nearest } from "./suggest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearest("tots", ["tost", "crate"]), ["tost"]);
 * assertEquals(nearest("qiuck", ["smoke", "quick"]), ["quick"]);
 * assertEquals(nearest("classifier", ["train-classifier", "load-mnist"]), ["train-classifier"]);
 * ```
 */
export function nearest(typed: string, names: readonly string[]): readonly string[] {
  const limit = Math.max(2, Math.floor(typed.length / 3));
  return names
    .map((name) => ({
      name,
      far: isPart(typed, name) ? 1 : editDistance(typed.toLowerCase(), name.toLowerCase()),
    }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

/**
 * `There is no paper "tots"; did you mean tost?`, or, where nothing is near, what there is.
 *
 * @param what What was asked for: `paper`.
 * @param typed What came.
 * @param names All that could have been meant.
 * @param listed Those to list where nothing is near; all when absent.
 */
export function unknown(
  what: string,
  typed: string,
  names: readonly string[],
  listed: readonly string[] = names,
): string {
  const near = nearest(typed, names);
  const hint = near.length > 0
    ? `; did you mean ${near.join(" or ")}?`
    : listed.length > 0
    ? `; there are: ${listed.join(", ")}.`
    : ", and no other either.";
  return `There is no ${what} ${JSON.stringify(typed)}${hint}`;
}

function isPart(typed: string, name: string): boolean {
  return typed.length >= 3 && name.toLowerCase().includes(typed.toLowerCase());
}

/** Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, replacements, swaps of neighbours. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const changed = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
        ? rows[i - 2]![j - 2]! + 1
        : Infinity;
      rows[i]![j] = Math.min(changed, swapped, rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1);
    }
  }
  return rows[a.length]![b.length]!;
}
