/**
 * The table of claims as Markdown, to be put into a page.
 *
 * @module
 */
import type { Judged } from "../claim/verdict.ts";
import { MARKS } from "../report/verdict_mark.ts";
import { expectedOf, measuredNumber, originOf, papersNumber } from "./claim_cells.ts";

/** Judged claims as a table in GitHub's Markdown. A claim that was not measured says why in its place. */
export function claimsMarkdown(claims: readonly Judged[]): string {
  const row = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    row("", "claim", "measured", "claimed", "paper", "verdict"),
    row("--", "--", "--", "--", "--", "--"),
    ...claims.map((claim) =>
      row(
        claim.id,
        cell(`${claim.says} (${originOf(claim)})`),
        cell(claim.measured === null ? claim.because ?? "" : measuredNumber(claim)),
        claim.measured === null ? "" : cell(expectedOf(claim)),
        papersNumber(claim),
        `${MARKS[claim.verdict]} ${claim.verdict}`,
      )
    ),
  ].join("\n");
}

/** A text that neither ends a cell nor is read as emphasis or as a tag. */
function cell(text: string): string {
  return text.replaceAll(/[|*_<]/g, "\\$&");
}
