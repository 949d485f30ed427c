import { assertEquals } from "@std/assert";
import { drawGraph, graphSource } from "../../lib/report/graph.ts";
import { stepsOf, stepsTowards } from "../../lib/report/steps.ts";
import { runNode } from "./fixture.ts";

const load = runNode("load");
const trainings = [0, 1].map((seed) => runNode("train", { seed }, { data: load }));
const noisy = runNode("noise", { rate: 1 }, { data: load });
const noisier = runNode("noise", { rate: 1 }, { data: noisy });
const tests = trainings.map((model) => runNode("accuracy", {}, { model, data: noisier }));
const nodes = [load, ...trainings, noisy, noisier, ...tests];

Deno.test("stepsOf() puts the nodes of a grid together, and a task applied to its own result apart", () => {
  assertEquals(
    stepsOf(nodes).map(({ task, nodes, from }) => [task, nodes.length, from.length]),
    [["load", 1, 0], ["train", 2, 1], ["noise", 1, 1], ["noise", 1, 1], ["accuracy", 2, 2]],
  );
});

Deno.test("stepsTowards() keeps only what leads to a number", () => {
  const steps = stepsTowards(stepsOf(nodes), [tests[0]!.address]);
  assertEquals(
    steps.map(({ task, nodes }) => [task, nodes.length]),
    [["load", 1], ["train", 1], ["noise", 1], ["noise", 1], ["accuracy", 1]],
  );
});

Deno.test("graphSource() has a cell for each node, linked to it", () => {
  const source = graphSource(stepsOf(nodes));
  for (const { label } of nodes) assertEquals(source.split(`href="#${label}"`).length, 2, label);
});

Deno.test("drawGraph() leaves the colours to the page", async () => {
  const svg = await drawGraph(stepsOf([...nodes, runNode("train", { seed: 2 }, { data: load }, "failed")]));
  assertEquals(svg.includes("#01a0"), false);
  assertEquals(svg.split('fill="var(--g-failed)"').length, 2);
  assertEquals(svg.includes("xlink:"), false);
});
