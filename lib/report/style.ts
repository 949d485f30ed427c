/**
 * The report's style sheet: one column of text, light and dark, wide screens and phones, and paper.
 *
 * @module
 */

/** The style sheet. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fbfaf7; --card: #ffffff; --ink: #1c1b19; --soft: #6b6860; --line: #e4e1d9; --link: #1a5fa8;
  --good: #0b7a6b; --bad: #c2410c; --open: #9a6a00; --none: #77736a;
  --good-soft: #d8efe9; --bad-soft: #fbe1d3; --open-soft: #f7e9c4; --none-soft: #ebe8e0;
  --g-ran: #2f86c9; --g-hit: #b9cfdf; --g-failed: #d6480f; --g-skipped: #d9d4c8; --g-interrupted: #e3b94a;
  --g-box: #ffffff; --g-ink: #1c1b19; --g-soft: #6b6860; --g-edge: #bdb8ab;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #15161a; --card: #1d1f24; --ink: #e8e6e1; --soft: #a09c93; --line: #33353c; --link: #7db7f0;
    --good: #4fd1bd; --bad: #ff9466; --open: #e9bd55; --none: #9a968d;
    --good-soft: #143a35; --bad-soft: #46230f; --open-soft: #3d3111; --none-soft: #2b2c31;
    --g-ran: #4a9fe0; --g-hit: #38506a; --g-failed: #f0703a; --g-skipped: #44444a; --g-interrupted: #b58a24;
    --g-box: #1d1f24; --g-ink: #e8e6e1; --g-soft: #a09c93; --g-edge: #565962;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 var(--sans); }
main, header, footer, nav { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
h1 { font: 600 clamp(1.7rem, 4vw, 2.6rem)/1.15 var(--serif); margin: .3rem 0 .5rem; text-wrap: balance; }
h2 { font: 600 1.5rem/1.2 var(--serif); margin: 0 0 .3rem; }
h3 { font: 600 1.05rem/1.35 var(--serif); margin: 0; }
section { padding: 2.6rem 0 0; scroll-margin-top: 0; }
.lead { color: var(--soft); margin: 0 0 1.2rem; max-width: 46rem; }
code, pre, .mono { font-family: var(--mono); font-size: .86em; }
.soft { color: var(--soft); }
small, .small { font-size: .85rem; }

header { padding-top: 2.4rem; }
.eyebrow { color: var(--soft); font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; }
.authors { color: var(--soft); margin: 0; }
.glance { display: grid; grid-template-columns: auto 1fr; gap: 1rem 2rem; align-items: center; margin: 1.6rem 0 0;
  padding: 1.2rem 1.4rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.score { font: 600 2.6rem/1 var(--serif); white-space: nowrap; }
.score span { display: block; font: 400 .85rem/1.4 var(--sans); color: var(--soft); margin-top: .25rem; }
.strip { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: 0; list-style: none; }
.strip a { display: block; padding: .28rem .6rem; border-radius: 6px; font-weight: 600; font-size: .85rem;
  text-decoration: none; color: var(--tone); background: var(--tone-soft); }
.strip a:hover { outline: 1.5px solid var(--tone); }
.tally { color: var(--soft); font-size: .9rem; margin: .6rem 0 0; }
.alarm { margin: 1rem 0 0; padding: .8rem 1.1rem; border-radius: 8px; background: var(--bad-soft); color: var(--ink); }
.facts { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: 1rem 0 0; color: var(--soft); font-size: .9rem; }
.facts b { color: var(--ink); font-weight: 600; }
.command { margin: 1rem 0 0; padding: .7rem 1rem; border: 1px solid var(--line); border-radius: 8px; overflow-x: auto;
  background: var(--card); font: .86rem/1.4 var(--mono); white-space: pre; }
.command::before { content: "$ "; color: var(--soft); }

.v-reproduced { --tone: var(--good); --tone-soft: var(--good-soft); }
.v-contradicted { --tone: var(--bad); --tone-soft: var(--bad-soft); }
.v-inconclusive, .v-unmeasured { --tone: var(--open); --tone-soft: var(--open-soft); }
.v-out-of-scale { --tone: var(--none); --tone-soft: var(--none-soft); }

.claim { display: grid; grid-template-columns: 1fr 18.5rem; gap: .4rem 2rem; padding: 1.2rem 0; scroll-margin-top: 1rem;
  border-top: 1px solid var(--line); }
.claim > * { min-width: 0; }
.claim-head { display: flex; align-items: center; flex-wrap: wrap; gap: .3rem .7rem; margin-bottom: .35rem; }
.claim-id { font: 600 1rem var(--mono); }
.chip { padding: .08rem .55rem; border-radius: 99px; font-size: .8rem; font-weight: 600; color: var(--tone);
  background: var(--tone-soft); white-space: nowrap; }
.tag { padding: .05rem .5rem; border: 1px solid var(--line); border-radius: 99px; font-size: .78rem; color: var(--soft); }
.says { font: 1.08rem/1.42 var(--serif); margin: 0; text-wrap: pretty; }
.note { color: var(--soft); font-size: .88rem; margin: .4rem 0 0; }
.number { font: 600 1.35rem/1.2 var(--sans); font-variant-numeric: tabular-nums; }
.number.soft { font-weight: 400; font-size: 1.05rem; }
.number small { font-weight: 400; font-size: .82rem; color: var(--soft); }
.against { color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.bar { display: block; width: 100%; max-width: 18.5rem; margin-top: .35rem; overflow: visible; }
.bar-claimed { fill: var(--good); opacity: .13; }
.bar-axis { stroke: var(--line); }
.bar-threshold line { stroke: var(--soft); stroke-dasharray: 2 2; }
.bar-threshold text { fill: var(--soft); font: 10.5px var(--sans); }
.bar-interval { stroke: var(--tone); stroke-width: 3; stroke-linecap: round; }
.bar-end { stroke: var(--tone); stroke-width: 1.5; }
.bar-value { fill: var(--tone); stroke: var(--card); stroke-width: 1.5; }
.bar-paper { fill: var(--ink); }
.beyond { padding: 1.2rem 0 0; border-top: 1px solid var(--line); }
.beyond ul { margin: .5rem 0 1.2rem; padding: 0; list-style: none; }
.beyond li { display: grid; grid-template-columns: 3.6rem 1fr; gap: .8rem; padding: .16rem 0; scroll-margin-top: 1rem; }
.beyond .says { font-size: 1rem; }
.chain { margin: .55rem 0 0; font-size: .82rem; color: var(--soft); display: flex; flex-wrap: wrap; gap: .15rem .4rem; }
.chain a { color: var(--soft); }
.key { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; font-size: .82rem; color: var(--soft); margin: .2rem 0 1rem; }
.key svg { vertical-align: -3px; margin-right: .35rem; }

.figures { display: grid; gap: 2.4rem; }
figure { margin: 0; padding: 1.3rem 1.4rem 1.1rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 10px; scroll-margin-top: 1rem; }
figure .canvas { overflow-x: auto; margin: .9rem 0 .4rem; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { color: var(--soft); max-width: 50rem; margin-top: .5rem; font-size: .95rem; }

.sizes { margin: 0 0 1.2rem; padding-left: 1.1rem; color: var(--soft); font-size: .9rem; }
.graph { overflow-x: auto; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.graph svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
.graph text { font-family: var(--sans); }
.graph a:hover polygon { stroke: var(--ink); stroke-width: 1.5; }
.swatch { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; vertical-align: -1px; margin-right: .4rem; }

details { border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
details > summary { cursor: pointer; padding: .55rem 0; list-style-position: outside; }
summary:hover { color: var(--link); }
.step > summary { font-weight: 600; }
.step .body { padding: 0 0 .8rem 1.1rem; }
.node > summary { font-size: .92rem; }
.node dl { display: grid; grid-template-columns: 9rem 1fr; gap: .3rem 1.2rem; margin: .2rem 0 1.2rem; font-size: .88rem; }
.node dt { color: var(--soft); }
.node dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.node ul { margin: 0; padding: 0; list-style: none; }
pre { margin: 0; padding: .8rem 1rem; overflow: auto; max-height: 30rem; border-radius: 8px; background: var(--none-soft);
  line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; }
#code pre { white-space: pre; }
.state { display: inline-block; min-width: 4.6rem; font-size: .8rem; color: var(--soft); }
.about { color: var(--soft); margin-left: .5rem; font-weight: 400; }
:target { outline: 2px solid var(--link); outline-offset: 4px; border-radius: 4px; }
footer { padding-top: 2.6rem; padding-bottom: 3rem; color: var(--soft); font-size: .85rem; }

@media (max-width: 46rem) {
  main, header, footer { padding-left: 1rem; padding-right: 1rem; }
  .glance { grid-template-columns: 1fr; }
  .claim { grid-template-columns: 1fr; }
  .node dl { grid-template-columns: 1fr; gap: 0; }
  .node dd { margin-bottom: .5rem; }
  figure { padding: 1rem; }
  figure svg { min-width: 34rem; }
}
@media print {
  body { background: none; }
  .graph, figure, .glance { break-inside: avoid; }
}
`;
