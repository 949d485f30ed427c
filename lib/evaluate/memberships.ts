/**
 * Memberships Π: to which head's subspace each token belongs, and how decided that is.
 *
 * @module
 */

/** How decided memberships are. */
export interface Decidedness {
  /** The mean over tokens of max_k Π_jk: 1/heads when undecided, 1 when each token belongs to one head. */
  readonly meanMaximum: number;
  /** The mean over tokens of −Σ_k Π_jk log Π_jk in nats: log(heads) when undecided, 0 when decided. */
  readonly meanEntropy: number;
}

/**
 * Measures how decided memberships are.
 *
 * @example Two tokens, two heads: one undecided, one decided
 * ```ts
 * import { decidedness } from "./memberships.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { meanMaximum } = decidedness(new Float32Array([0.5, 1, 0.5, 0]), [1, 2, 2]);
 * assertEquals(meanMaximum, 0.75);
 * ```
 *
 * @param memberships Π, `[images, heads, tokens]` in row-major order.
 * @param shape How many images, heads and tokens there are.
 */
export function decidedness(
  memberships: Float32Array,
  [images, heads, tokens]: readonly [images: number, heads: number, tokens: number],
): Decidedness {
  let maxima = 0;
  let entropies = 0;
  for (let image = 0; image < images; image++) {
    for (let token = 0; token < tokens; token++) {
      let maximum = 0;
      for (let head = 0; head < heads; head++) {
        const membership = memberships[(image * heads + head) * tokens + token]!;
        maximum = Math.max(maximum, membership);
        if (membership > 0) entropies -= membership * Math.log(membership);
      }
      maxima += maximum;
    }
  }
  return { meanMaximum: maxima / (images * tokens), meanEntropy: entropies / (images * tokens) };
}
