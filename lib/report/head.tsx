/**
 * The head of a report: the answer at a glance, and what it took.
 *
 * @module
 */
import type { JSX } from "preact";
import type { ReportContents } from "./contents.ts";
import { classOf } from "./interval_bar.tsx";
import { count, formatSeconds } from "./number.ts";
import { MARKS, tally } from "./verdict_mark.ts";

/** The head of a report. */
export function Head({ contents }: { readonly contents: ReportContents }): JSX.Element {
  const { paper, run, claims, command, nodes } = contents;
  const reproduced = claims.filter(({ verdict }) => verdict === "reproduced").length;
  const settled = claims.filter(({ verdict }) => verdict !== "out of scale").length;
  const inState = (state: string) => nodes.filter((node) => node.state === state).length;
  const host = nodes.find(({ record }) => record !== undefined)?.record?.host;
  return (
    <header>
      <div class="eyebrow">
        {run.preset} preset · {run.started.slice(0, 16).replace("T", " ")} UTC
      </div>
      <h1>{paper.title}</h1>
      <p class="authors">
        {[paper.authors, paper.year].filter((part) => part !== undefined).join(", ")}
        {paper.arxiv === undefined ? null : (
          <>
            {" "}· <a href={`https://arxiv.org/abs/${paper.arxiv}`}>arXiv {paper.arxiv}</a>
          </>
        )}
      </p>
      <div class="glance">
        <div class="score">
          {reproduced} of {settled}
          <span>claims within reach reproduced</span>
        </div>
        <div>
          <ul class="strip">
            {claims.map(({ id, verdict, says }) => (
              <li key={id}>
                <a class={classOf(verdict)} href={`#claim-${id}`} title={`${verdict}: ${says}`}>
                  {MARKS[verdict]} {id}
                </a>
              </li>
            ))}
          </ul>
          <p class="tally">{tally(claims)}</p>
        </div>
      </div>
      {run.outcome === "done" ? null : (
        <p class="alarm">
          This run {run.outcome === "failed" ? "failed" : "was interrupted"}: {inState("failed")} failed,{" "}
          {inState("skipped") + inState("interrupted")} did not run.{" "}
          {nodes.find(({ error }) => error !== null)?.error}
        </p>
      )}
      <div class="facts">
        <span>
          <b>{inState("ran")}</b> nodes ran, <b>{inState("hit")}</b> reused
        </span>
        <span>
          <b>{formatSeconds(run.seconds)}</b>
        </span>
        <span>
          <b>{count(run.seeds.length, "seed")}</b>
        </span>
        {host === undefined ? null : (
          <span>
            {host.os}, <b>{host.cores} cores</b>, Deno {host.deno}
          </span>
        )}
      </div>
      <div class="command">{command}</div>
    </header>
  );
}
