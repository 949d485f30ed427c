/**
 * What tables of claims, on the terminal and in Markdown, say of one.
 *
 * @module
 */
import type { Judged } from "../claim/verdict.ts";
import { formatMeasured, formatNumber } from "../report/number.ts";

/** Where the claim comes from, and how well that is known. */
export function originOf({ extension, source, evidence }: Judged): string {
  const from = extension ? "extension, not in the paper" : source;
  return evidence === undefined ? from : `${from}, ${evidence}`;
}

/** What was measured, with its unit; empty where nothing was. */
export function measuredNumber({ measured, unit }: Judged): string {
  if (measured === null) return "";
  return unit === null || measured.n === 0 ? formatMeasured(measured) : `${formatMeasured(measured)} ${unit}`;
}

/** What the measurement is held against. */
export function expectedOf({ expect }: Judged): string {
  return expect.replaceAll(/-(?=\d)/g, "−");
}

/** The paper's own number; empty where it gives none. */
export function papersNumber({ paper }: Judged): string {
  return paper === null ? "" : formatNumber(paper);
}
