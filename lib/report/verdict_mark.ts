/**
 * Verdicts as a reader sees them: a mark and a word.
 *
 * @module
 */
import type { Judged, Verdict } from "../claim/verdict.ts";
import { count } from "./number.ts";

/** A mark for each verdict: told apart without colour. */
export const MARKS: Readonly<Record<Verdict, string>> = {
  "reproduced": "✓",
  "contradicted": "✗",
  "inconclusive": "~",
  "out of scale": "–",
  "unmeasured": "?",
};

/** The verdicts in the order in which they are counted. */
const VERDICTS = Object.keys(MARKS) as readonly Verdict[];

/** How many claims got each verdict, in words: `5 reproduced, 1 inconclusive, 1 out of scale`. */
export function tally(claims: readonly Pick<Judged, "verdict">[]): string {
  if (claims.length === 0) return count(0, "claim");
  return VERDICTS.flatMap((verdict) => {
    const n = claims.filter((claim) => claim.verdict === verdict).length;
    return n === 0 ? [] : [`${n} ${verdict}`];
  }).join(", ");
}
