/**
 * The report: one page, whole in one file, that answers at a glance and can be followed down to every parameter.
 *
 * @module
 */
import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { BarKey, ClaimCard, ClaimsBeyond } from "./claim_card.tsx";
import type { ReportContents, ReportFigure } from "./contents.ts";
import { CodeSection } from "./code_section.tsx";
import { Head } from "./head.tsx";
import { StepDetails } from "./node_details.tsx";
import { stepsOf } from "./steps.ts";
import { STYLE } from "./style.ts";
import { tally } from "./verdict_mark.ts";

/** Browsers that do not unfold what a link leads to are told to. */
const UNFOLD = `
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  target?.scrollIntoView();
};
addEventListener("hashchange", unfold);
if (location.hash) unfold();
`;

/**
 * Writes a report as HTML.
 *
 * @param contents What it shows.
 * @param graph The picture of the graph, as SVG.
 * @param results A hash of the results that it shows, by which a later run knows that it need not be written again.
 */
export function renderPage(contents: ReportContents, graph: string, results: string): string {
  const title = `${contents.paper.title}: ${tally(contents.claims)}`;
  return `<!doctype html>\n${
    renderToString(
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="assay-results" content={results} />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>{title}</title>
          <style dangerouslySetInnerHTML={{ __html: STYLE }} />
        </head>
        <body>
          <Page contents={contents} graph={graph} />
          <script dangerouslySetInnerHTML={{ __html: UNFOLD }} />
        </body>
      </html>,
    )
  }\n`;
}

function Page(
  { contents, graph }: { readonly contents: ReportContents; readonly graph: string },
): JSX.Element {
  const steps = stepsOf(contents.nodes);
  const within = contents.claims.filter(({ verdict }) => verdict !== "out of scale");
  const beyond = contents.claims.filter(({ verdict }) => verdict === "out of scale");
  const labels = new Map(contents.nodes.map(({ address, label }) => [address, label]));
  return (
    <>
      <Head contents={contents} />
      <main>
        <section id="claims">
          <h2>Claims</h2>
          <p class="lead">
            A verdict comes from an interval, not from a point: it is settled where the whole interval lies on
            one side of what is claimed.
          </p>
          <BarKey />
          {within.map((claim) => <ClaimCard key={claim.id} claim={claim} steps={steps} />)}
          <ClaimsBeyond claims={beyond} />
        </section>
        {contents.figures.length === 0 ? null : (
          <section id="figures">
            <h2>Figures</h2>
            <p class="lead">Each title asks, its caption answers.</p>
            <div class="figures">
              {contents.figures.map((figure, index) => (
                <FigureCard
                  key={figure.address}
                  figure={figure}
                  index={index}
                  label={labels.get(figure.address)}
                />
              ))}
            </div>
          </section>
        )}
        <section id="graph">
          <h2>How it was made</h2>
          <p class="lead">
            A box is a step, a square in it one node. Follow a square to what it was run with.
          </p>
          {contents.sizes.length === 0 ? null : (
            <ul class="sizes">
              {contents.sizes.map((size) => <li key={size}>{size}</li>)}
            </ul>
          )}
          <StateKey contents={contents} />
          <div class="graph" dangerouslySetInnerHTML={{ __html: graph }} />
        </section>
        <section id="nodes">
          <h2>Every number's lineage</h2>
          <p class="lead">Parameters, inputs, code, packages, environment and machine of each node.</p>
          {steps.map((step) => <StepDetails key={step.id} step={step} labels={labels} />)}
        </section>
        <CodeSection contents={contents} />
      </main>
      <footer>
        Made by Assay. Run{" "}
        {contents.run.id}; content is named by its SHA-256. Nothing in this page is loaded from elsewhere.
      </footer>
    </>
  );
}

function FigureCard({ figure, index, label }: {
  readonly figure: ReportFigure;
  readonly index: number;
  readonly label: string | undefined;
}): JSX.Element {
  return (
    <figure id={`figure-${index + 1}`}>
      <h3>{figure.title}</h3>
      <div class="canvas" dangerouslySetInnerHTML={{ __html: ownIds(figure.svg, `f${index + 1}-`) }} />
      <figcaption>
        {figure.caption} {label === undefined ? null : <a class="small" href={`#${label}`}>lineage</a>}
      </figcaption>
    </figure>
  );
}

/** Prefixes the ids of a picture: those of two pictures on one page must differ. */
function ownIds(svg: string, prefix: string): string {
  return svg
    .replaceAll(/ id="/g, ` id="${prefix}`)
    .replaceAll(/url\(#/g, `url(#${prefix}`)
    .replaceAll(/href="#/g, `href="#${prefix}`);
}

function StateKey({ contents }: { readonly contents: ReportContents }): JSX.Element {
  const words = {
    ran: "ran",
    hit: "reused",
    failed: "failed",
    skipped: "skipped",
    interrupted: "interrupted",
  };
  const present = Object.entries(words).filter(([state]) =>
    contents.nodes.some((node) => node.state === state)
  );
  return (
    <div class="key">
      {present.map(([state, word]) => (
        <span key={state}>
          <i class="swatch" style={`background:var(--g-${state})`} />
          {word}
        </span>
      ))}
    </div>
  );
}
