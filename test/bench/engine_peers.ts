/**
 * The grid of `engine_grid.ts` as make and ninja read it. Each node adds up what two nodes before it made.
 *
 * @module
 */
import { WIDTH } from "./engine_grid.ts";

/** What a node of the grid needs, by its number. */
function inputsOf(node: number): readonly string[] {
  if (node === 0) return ["leaf"];
  if (node < WIDTH) return [];
  const [before, index] = [node - node % WIDTH - WIDTH, node % WIDTH];
  return [`n${before + index}`, `n${before + (index ^ 1)}`];
}

const SUM = (node: string) =>
  `cat /dev/null $^ | awk '{ s += $$1 } END { print (s + ${node}) % 1000003 }' > $@`;

/** The grid as a makefile. */
export function makefile(nodes: number): string {
  const rules = Array.from(
    { length: nodes },
    (_, node) => `n${node}: ${inputsOf(node).join(" ")}\n\t${SUM(String(node))}\n`,
  );
  return `all: ${lastLayer(nodes)}\n${rules.join("")}`;
}

/** The grid as a ninja file. */
export function ninjafile(nodes: number): string {
  const rule = `rule sum\n  command = ${SUM("$node").replace("$^", "$in").replace("$@", "$out")}\n`;
  const builds = Array.from(
    { length: nodes },
    (_, node) => `build n${node}: sum ${inputsOf(node).join(" ")}\n  node = ${node}\n`,
  );
  return `${rule}${builds.join("")}default ${lastLayer(nodes)}\n`;
}

function lastLayer(nodes: number): string {
  return Array.from({ length: WIDTH }, (_, index) => `n${nodes - WIDTH + index}`).join(" ");
}
