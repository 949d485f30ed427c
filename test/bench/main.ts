/**
 * Runs the benchmarks one after the other, each in a process of its own so that none warms another's caches.
 *
 * `deno task bench [step|engine|mcr2|wrong_line|stream|dp|llm …] [--json]`
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";

const BENCHMARKS = ["step", "engine", "mcr2", "wrong_line", "stream", "dp", "llm"];

const { _: chosen, json } = parseArgs(Deno.args, { boolean: ["json"] });
const unknown = chosen.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are: ${BENCHMARKS.join(", ")}.`);
  Deno.exit(2);
}
let code = 0;
for (const name of chosen.length > 0 ? chosen : BENCHMARKS) {
  const script = new URL(`./${name}_bench.ts`, import.meta.url).href;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", script, ...(json === true ? ["--json"] : [])],
  });
  code = Math.max(code, (await command.spawn().status).code);
}
Deno.exit(code);
