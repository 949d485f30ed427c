/**
 * Verdicts: what an interval says about a claim.
 *
 * @module
 */
import type { Claim, Evidence } from "./claim.ts";
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
  /** The claim's id. */
  readonly id: string;
  /** Where the paper says it. */
  readonly source: string;
  /** What the paper says. */
  readonly says: string;
  /** How well it is known that the paper says it; absent where the claim does not tell. */
  readonly evidence?: Evidence;
  /** The side of the threshold, in words. */
  readonly expect: string;
  /** The paper's own number. */
  readonly paper: number | null;
  /** The unit of the numbers. */
  readonly unit: string | null;
  /** Whether the paper does not contain it. */
  readonly extension: boolean;
  /** What a reader must know. */
  readonly note: string | null;
  /** What was measured; its ends are null where unbounded. Null when nothing was. */
  readonly measured: {
    readonly value: number;
    readonly low: number | null;
    readonly high: number | null;
    readonly n: number;
  } | null;
  /** What was found. */
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
    ...(claim.evidence === undefined ? {} : { evidence: claim.evidence }),
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
