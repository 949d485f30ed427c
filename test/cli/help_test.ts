import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { assemble } from "../../lib/assemble.ts";
import { tost } from "../../pipelines/tost.ts";
import { assay } from "../fixtures/assay.ts";

const COMMANDS = [
  ["reproduce"],
  ...["list", "show", "lineage", "why", "diff", "claims"].map((name) => ["inspect", name]),
  ...["verify", "gc"].map((name) => ["store", name]),
  ["doctor"],
];

/** The examples that the help of all commands gives, a line each. */
async function examples(): Promise<readonly string[]> {
  const helps = await Promise.all(COMMANDS.map(async (command) => {
    const { code, out } = await assay(...command, "--help");
    assertEquals(code, 0, command.join(" "));
    const lines = out.split("EXAMPLES")[1]?.match(/deno task .*/g) ?? [];
    assert(lines.length > 0, `${command.join(" ")} gives no example`);
    return lines;
  }));
  return helps.flat();
}

Deno.test("examples in the help name tasks and parameters that there are", async () => {
  const lines = await examples();
  const { nodes } = await Effect.runPromise(assemble(tost, { preset: "quick" }));
  const named = lines.flatMap((line) =>
    [...line.matchAll(/\b([a-z-]+)-[0-9a-f]{6}\b/g)].map(([, task]) => task!)
  );
  const set = lines.flatMap((line) => [...line.matchAll(/--set ([\w-]+)\.(\w+)=/g)]);
  assert(named.length > 0 && set.length > 0, lines.join("\n"));
  for (const task of named) assert(nodes.some(({ task: { spec } }) => spec.name === task), task);
  for (const [example, task, parameter] of set) {
    const params = nodes.find(({ task: { spec } }) => spec.name === task)?.params ?? {};
    assert(Object.hasOwn(params as object, parameter!), example);
  }
});
