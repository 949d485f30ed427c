/**
 * Runs a grid once and prints what it took.
 *
 * `engine_measure.ts <nodes> <store> [--value n] [--note text]`
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import * as Effect from "effect/Effect";
import { execute } from "../../lib/dag/scheduler.ts";
import { openStore } from "../../lib/dag/store.ts";
import { grid } from "./engine_grid.ts";

const { _: [count, root], value, note } = parseArgs(Deno.args, { string: ["note"] });
const store = openStore(String(root));
const nodes = grid(Number(count), { value: Number(value ?? 0), note: String(note ?? "") });
const clock = performance.now();
const results = await Effect.runPromise(execute(nodes, {
  store,
  capabilities: {},
  cores: 2,
  memory: 4096,
  gpus: [],
  keepGoing: false,
  force: () => false,
  onEvent: () => {},
}));
const seconds = (performance.now() - clock) / 1000;
const ran = [...results.values()].filter(({ state }) => state === "ran").length;
store.close();
console.log(JSON.stringify({ seconds, ran, memory: Deno.memoryUsage().rss / 2 ** 20 }));
