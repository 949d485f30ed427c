/**
 * Made-up movie reviews: for trying a language model where no data are to be had.
 *
 * @module
 */
import { integers } from "../random.ts";
import type { Example } from "./labelled.ts";

const parts = ["film", "plot", "acting", "script", "music", "ending", "cast", "camera work"];
const praise = ["wonderful", "moving", "brilliant", "charming", "superb", "gripping", "delightful", "fresh"];
const blame = ["dull", "awful", "tedious", "clumsy", "lifeless", "terrible", "predictable", "messy"];

/**
 * Writes sentences such as `the plot is dull and the music awful .`, half of them of praise (1), half of blame (0).
 *
 * @param count How many.
 * @param seed The seed of the words. Sentences of different seeds may be the same.
 */
export function templatedReviews(count: number, seed: number): readonly Example[] {
  const draws = integers({ seed, stream: "templated-reviews" }, 4 * count, 8);
  return Array.from({ length: count }, (_, row) => {
    const [first, second, one, other] = draws.subarray(4 * row, 4 * row + 4);
    const label = row % 2;
    const words = label === 1 ? praise : blame;
    return {
      text: `the ${parts[first!]} is ${words[one!]} and the ${parts[second!]} ${words[other!]} .`,
      label,
    };
  });
}
