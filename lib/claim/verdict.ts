/**
 * Verdicts: what an interval says about a claim.
 *
 * @module
 */
import type { Claim } from "./claim.ts";
import type { Expectation } from "./expectation.ts";
import type { Interval } from "./interval.ts";

/**
 * What was found: `reproduced` when the interval lies on the claimed side, `contradicted` when it lies on the other,
 * `inconclusive` when it straddles, `out of scale` when the preset cannot speak to the claim, `unmeasured` when a node
 * that it needs did not end.
 */
export type Verdict = "reproduced" | "contradicted" | "inconclusive" | "out of scale" | "unmeasured";

/** A claim with what was measured for it. */
export interface Judged {
  readonly id: string;
  readonly source: string;
  readonly says: string;
  readonly expect: string;
  readonly paper: number | null;
  readonly unit: string | null;
  readonly extension: boolean;
  readonly note: string | null;
  /** What was measured; its ends are null where unbounded. Null when nothing was. */
  readonly measured: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly n: number;
  } | null;
  readonly verdict: Verdict;
  /** Why there is no number, for `out of scale` and `unmeasured`. */
  readonly because: string | null;
  /** The addresses of the nodes whose metrics were read. */
  readonly from: readonly string[];
}

/** Tells on which side of an expectation an interval lies. */
export function verdict(interval: Interval, expect: Expectation): Verdict {
  if (interval.low >= expect.least && interval.high <= expect.most) return "reproduced";
  if (interval.high < expect.least || interval.low > expect.most) return "contradicted";
  return "inconclusive";
}

/**
 * Judges a claim.
 *
 * @param claim The claim.
 * @param measured What was measured, or why nothing was.
 */
export function judge(claim: Claim, measured: Interval | { readonly because: string }): Judged {
  const found = claim.outOfScale !== undefined
    ? { measured: null, verdict: "out of scale" as const, because: claim.outOfScale }
    : "because" in measured
    ? { measured: null, verdict: "unmeasured" as const, because: measured.because }
    : {
      measured: {
        value: measured.value,
        low: bounded(measured.low),
        high: bounded(measured.high),
        n: measured.n,
      },
      verdict: verdict(measured, claim.expect),
      because: null,
    };
  return {
    id: claim.id,
    source: claim.source,
    says: claim.says,
    expect: claim.expect.words,
    paper: claim.paper ?? null,
    unit: claim.unit ?? null,
    extension: claim.extension ?? false,
    note: claim.note ?? null,
    ...found,
    from: claim.measure?.nodes.map((node) => node.address) ?? [],
  };
}

function bounded(end: number): number | null {
  return Number.isFinite(end) ? end : null;
}
