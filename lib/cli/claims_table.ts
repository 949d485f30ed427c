/**
 * The table of claims that ends a run: what the paper says, what was measured, and the verdict.
 *
 * @module
 */
import type { Judged, Verdict } from "../claim/verdict.ts";
import { MARKS } from "../report/verdict_mark.ts";
import { expectedOf, measuredNumber, originOf, papersNumber } from "./claim_cells.ts";
import type { Paint, Screen } from "./paint.ts";
import { pad, width, wrap } from "./text.ts";

/** Below this many columns a claim is a paragraph, not a row. */
const NARROW = 76;

/**
 * Lays out judged claims: as rows where the screen is wide enough, as paragraphs where it is not. What a verdict
 * needs to be understood (notes, why there is no number) follows the claim.
 */
export function claimsTable(claims: readonly Judged[], screen: Pick<Screen, "columns" | "paint">): string {
  const columns = Math.min(screen.columns, 120);
  if (claims.length === 0) return screen.paint.dim("The pipeline makes no claims.");
  const shared = sharedReasons(claims);
  const lay = columns < NARROW ? paragraphs : rows;
  return [
    lay(claims, columns, screen.paint, (claim) => shared.has(claim.because ?? "") ? null : claim.because),
    ...[...shared].map(([because, ids]) =>
      wrap(`${ids.join(", ")}: ${because}`, columns).map(screen.paint.dim).join("\n")
    ),
  ].join("\n\n");
}

/** Reasons that several claims share, with the claims' ids: they are given once, after all claims. */
function sharedReasons(claims: readonly Judged[]): ReadonlyMap<string, readonly string[]> {
  const reasons = Map.groupBy(claims.filter(({ because }) => because !== null), ({ because }) => because!);
  return new Map(
    [...reasons].filter(([, those]) => those.length > 1)
      .map(([because, those]) => [because, those.map(({ id }) => id)]),
  );
}

/** Why a claim has no number, where that is told beside it. */
type Because = (claim: Judged) => string | null;

/** A verdict with its mark, in its colour. */
function paintVerdict(verdict: Verdict, paint: Paint): string {
  const text = `${MARKS[verdict]} ${verdict}`;
  switch (verdict) {
    case "reproduced":
      return paint.green(text);
    case "contradicted":
      return paint.red(text);
    case "inconclusive":
    case "unmeasured":
      return paint.yellow(text);
    case "out of scale":
      return paint.dim(text);
  }
}

function rows(claims: readonly Judged[], columns: number, paint: Paint, because: Because): string {
  const id = Math.max(2, ...claims.map((claim) => width(claim.id)));
  const numbers = Math.max(8, ...claims.flatMap(numberLines).map(width));
  const says = columns - id - numbers - width("✗ contradicted") - 6;
  const line = (name: string, text: string, number: string, verdict: string) =>
    [pad(name, id), pad(text, says), pad(number, numbers), verdict].join("  ").trimEnd();
  const heading = paint.dim(line("", "claim", "measured", "verdict"));
  return [
    heading,
    ...claims.flatMap((claim) => {
      const text = wrap(`${claim.says} (${originOf(claim)})`, says);
      const measured = numberLines(claim).map((number, at) => at === 0 ? number : paint.dim(number));
      const height = Math.max(text.length, measured.length);
      return [
        ...Array.from({ length: height }, (_, at) =>
          line(
            at === 0 ? paint.bold(claim.id) : "",
            text[at] ?? "",
            measured[at] ?? "",
            at === 0 ? paintVerdict(claim.verdict, paint) : "",
          )),
        ...remarks(claim, because, columns - id - 2).map((remark) => " ".repeat(id + 2) + paint.dim(remark)),
      ];
    }),
  ].join("\n");
}

/** What was measured, and beneath it what it is held against. */
function numberLines(claim: Judged): readonly string[] {
  if (claim.measured === null) return [];
  return [
    measuredNumber(claim),
    `claimed ${expectedOf(claim)}`,
    ...(claim.paper === null ? [] : [`paper ${papersNumber(claim)}`]),
  ];
}

function paragraphs(claims: readonly Judged[], columns: number, paint: Paint, because: Because): string {
  return claims.map((claim) => {
    const numbers = numberLines(claim).map((text, at) => at === 0 ? `measured ${text}` : text);
    return [
      `${paint.bold(claim.id)}  ${paintVerdict(claim.verdict, paint)}`,
      ...wrap(`${claim.says} (${originOf(claim)})`, columns - 2).map((text) => `  ${text}`),
      ...wrap(numbers.join(", "), columns - 2).map((text) => `  ${text}`),
      ...remarks(claim, because, columns - 2).map((text) => `  ${paint.dim(text)}`),
    ].join("\n");
  }).join("\n\n");
}

/** Why there is no number; with one, what a reader must know to read it. */
function remarks(claim: Judged, because: Because, columns: number): readonly string[] {
  return [because(claim), claim.measured === null ? null : claim.note].flatMap((text) =>
    text === null ? [] : wrap(text, columns)
  );
}
