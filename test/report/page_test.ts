import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { atLeast, between } from "../../lib/claim/expectation.ts";
import type { ReportContents } from "../../lib/report/contents.ts";
import { drawGraph } from "../../lib/report/graph.ts";
import { renderPage } from "../../lib/report/page.tsx";
import { stepsOf } from "../../lib/report/steps.ts";
import { claims, judged, runNode, runOf } from "./fixture.ts";

async function page(given: Partial<ReportContents> = {}): Promise<string> {
  const load = runNode("load", { name: "<b>MNIST</b>" });
  const nodes = [load, runNode("train", { seed: 0 }, { data: load }, "failed")]
    .map((node) => ({ ...node, about: "", record: undefined, metrics: undefined }));
  const contents: ReportContents = {
    paper: { title: "On <tokens> & statistics", authors: "A. Author", arxiv: "2412.17810", year: 2024 },
    about: "A test.",
    run: runOf(nodes, claims, { outcome: "failed" }),
    command: "deno task reproduce tiny --preset quick",
    claims: claims.map((claim) => ({ ...claim, range: claim.id === "T1" ? between(0.8, 1.2) : atLeast(0) })),
    sizes: ["a network: 12 parameters"],
    figures: [],
    nodes,
    code: new Map([["c".repeat(64), "export const a = 1 < 2;"]]),
    ...given,
  };
  return renderPage(contents, await drawGraph(stepsOf(contents.nodes)), "abc123");
}

Deno.test("renderPage() shows every claim with its verdict, and a failure", async () => {
  const html = await page({ code: new Map() });
  for (const { id, verdict } of claims) {
    assertStringIncludes(html, `id="claim-${id}"`);
    assertStringIncludes(html, verdict);
  }
  assertStringIncludes(html, "This run failed");
  assertStringIncludes(html, "TypeError: it &lt;went> wrong");
});

Deno.test("renderPage() escapes what it is given", async () => {
  const html = await page({ code: new Map() });
  assertStringIncludes(html, "On &lt;tokens> &amp; statistics");
  assertEquals(html.includes("<b>MNIST</b>"), false);
});

Deno.test("renderPage() loads nothing, and links only within itself and to the paper", async () => {
  const html = await page({ code: new Map() });
  const links = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link!);
  const outside = links.filter((link) => !link.startsWith("#"));
  assertEquals(outside, ["https://arxiv.org/abs/2412.17810"]);
  const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id!));
  for (const link of links.filter((link) => link.startsWith("#"))) {
    assert(ids.has(link.slice(1)), `${link} leads nowhere`);
  }
  assertEquals(/url\((?!#)|@import|<link|fetch\(/.test(html), false);
});

Deno.test("renderPage() keeps the ids of two figures apart", async () => {
  const svg = `<svg><clipPath id="clip"/><g clip-path="url(#clip)"/></svg>`;
  const figure = { title: "t", caption: "c", svg };
  const html = await page({
    code: new Map(),
    figures: [{ ...figure, address: "1" }, { ...figure, address: "2" }],
  });
  for (const prefix of ["f1-", "f2-"]) {
    assertStringIncludes(html, `id="${prefix}clip"`);
    assertStringIncludes(html, `url(#${prefix}clip)`);
  }
});

Deno.test("renderPage() draws an interval with one open end to the edge of its bar", async () => {
  const open = judged({ id: "O", measured: { value: 2, low: 1, high: null, n: 4 } });
  const html = await page({ code: new Map(), claims: [{ ...open, range: atLeast(0.6) }] });
  assertStringIncludes(html, 'x2="280"');
});
