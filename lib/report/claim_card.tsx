/**
 * Claims in a report: what the paper says, what was measured, the verdict, and how the number was made.
 *
 * @module
 */
import type { ComponentChildren, JSX } from "preact";
import { sentence } from "../sentence.ts";
import type { ReportClaim, ReportNode } from "./contents.ts";
import { classOf, IntervalBar } from "./interval_bar.tsx";
import { formatMeasured, formatNumber } from "./number.ts";
import { type Step, stepsTowards } from "./steps.ts";
import { MARKS } from "./verdict_mark.ts";

/** One claim. */
export function ClaimCard({ claim, steps }: {
  readonly claim: ReportClaim;
  readonly steps: readonly Step<ReportNode>[];
}): JSX.Element {
  return (
    <article class={`claim ${classOf(claim.verdict)}`} id={`claim-${claim.id}`}>
      <div>
        <div class="claim-head">
          <span class="claim-id">{claim.id}</span>
          <span class="chip">{MARKS[claim.verdict]} {claim.verdict}</span>
          <Origin claim={claim} />
        </div>
        <p class="says">{claim.says}</p>
        {claim.because === null ? null : <p class="note">{sentence(claim.because)}</p>}
        {claim.note === null ? null : <p class="note">{sentence(claim.note)}</p>}
        <Chain steps={stepsTowards(steps, claim.from)} />
      </div>
      <div>
        <Numbers claim={claim} />
        <IntervalBar claim={claim} />
      </div>
    </article>
  );
}

/** Claims that the preset cannot speak to, under the reasons why. */
export function ClaimsBeyond({ claims }: { readonly claims: readonly ReportClaim[] }): JSX.Element | null {
  if (claims.length === 0) return null;
  return (
    <div class="beyond">
      <h3>Out of this preset's scale</h3>
      {[...Map.groupBy(claims, ({ because }) => because ?? "")].map(([because, those]) => (
        <div key={because}>
          <p class="note">{sentence(because)}</p>
          <ul>
            {those.map((claim) => (
              <li key={claim.id} id={`claim-${claim.id}`}>
                <span class="claim-id">{claim.id}</span>
                <span>
                  <span class="says">{claim.says}</span> <Origin claim={claim} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** Where the paper says it, or that it does not. */
function Origin({ claim }: { readonly claim: ReportClaim }): JSX.Element {
  const evidence = claim.evidence === undefined ? "" : ` · ${claim.evidence}`;
  return claim.extension
    ? <span class="tag">extension: not in the paper{evidence}</span>
    : <span class="soft small">{claim.source}{evidence}</span>;
}

/** What the marks of the interval bars mean. */
export function BarKey(): JSX.Element {
  return (
    <div class="key">
      <KeyEntry words="measured, with its 95 % interval">
        <line class="bar-interval" x1="1" x2="27" y1="7" y2="7" />
        <circle class="bar-value" cx="14" cy="7" r="4.5" />
      </KeyEntry>
      <KeyEntry words="the paper's own number">
        <path class="bar-paper" d="M14 12l-5.5 -9h11z" />
      </KeyEntry>
      <KeyEntry words="where the claim says it lies">
        <rect class="bar-claimed" x="0" y="0" width="28" height="14" rx="2" />
      </KeyEntry>
    </div>
  );
}

function KeyEntry(
  { words, children }: { readonly words: string; readonly children: ComponentChildren },
): JSX.Element {
  return (
    <span>
      <svg class="v-out-of-scale" width="28" height="14" aria-hidden="true">{children}</svg>
      {words}
    </span>
  );
}

function Numbers({ claim }: { readonly claim: ReportClaim }): JSX.Element {
  const { measured, unit, expect, paper } = claim;
  const against = `claimed ${expect.replaceAll(/-(?=\d)/g, "−")}${
    paper === null ? "" : `, paper ${formatNumber(paper)}`
  }`;
  if (measured === null || measured.n === 0) {
    return (
      <>
        <div class="number soft">{measured === null ? "not measured" : formatMeasured(measured)}</div>
        <div class="against">{against}</div>
      </>
    );
  }
  const [number, ...interval] = formatMeasured(measured).split(" ");
  return (
    <>
      <div class="number">
        {number}
        {unit === null ? null : <small>{unit === "×" || unit === "%" ? unit : ` ${unit}`}</small>}{" "}
        <small>{interval.join(" ")}</small>
      </div>
      <div class="against">
        {against}
        {measured.n > 1 ? `, n = ${measured.n}` : ""}
      </div>
    </>
  );
}

/** The steps that made a claim's number, as links. */
function Chain({ steps }: { readonly steps: readonly Step<ReportNode>[] }): JSX.Element | null {
  if (steps.length === 0) return null;
  return (
    <p class="chain">
      {steps.map((step, index) => (
        <span key={step.id}>
          {index === 0 ? "" : "→ "}
          <a href={`#${step.id}`}>{step.task}</a>
          {step.nodes.length > 1 ? ` × ${step.nodes.length}` : ""}
        </span>
      ))}
    </p>
  );
}
