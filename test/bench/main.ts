/**
 * Runs the benchmarks one after the other, each in a process of its own so that none warms another's caches.
 *
 * `deno task bench [step|engine|mcr2|wrong_line|stream|dp|llm …] [--json]`. Each is given the flags, such as
 * `--sizes=quick --models=ToST` for `step`.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";

const BENCHMARKS = ["step", "engine", "mcr2", "wrong_line", "stream", "dp", "llm"];

const { _: chosen } = parseArgs(Deno.args, { boolean: ["json"] });
const flags = Deno.args.filter((argument) => argument.startsWith("--"));
const unknown = chosen.filter((name) => !BENCHMARKS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(", ")}; there are: ${BENCHMARKS.join(", ")}.`);
  Deno.exit(2);
}
let code = 0;
for (const name of chosen.length > 0 ? chosen : BENCHMARKS) {
  const script = new URL(`./${name}_bench.ts`, import.meta.url).href;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", script, ...flags],
  });
  code = Math.max(code, (await command.spawn().status).code);
}
Deno.exit(code);
