/**
 * How fast a language model reads prompts: through this project's provider, and through node-llama-cpp itself, in one run.
 *
 * `deno run -A test/bench/llm_bench.ts [--json]`. The peer is installed by npm into a temporary folder, and SmolLM2 is
 * fetched where it is not at hand. Both have one thread, and read the same tokens.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { capabilities } from "../../lib/capabilities.ts";
import type { PreparedData } from "../../lib/data/sources/data_package.ts";
import type { Reading } from "./llm_measure.ts";

/** How often both are measured, in turns, so that a busy moment of the machine does not hit one alone. */
const rounds = 3;

const { json } = parseArgs(Deno.args, { boolean: ["json"] });
const runtime = await prepared("llama");
const weights = await prepared("smollm2");
const model = join(weights.folder, weights.files[0]!);
const peer = await installPeer();
try {
  const ours: Reading[] = [];
  const theirs: Reading[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await measure([script("llm_measure.ts"), runtime.folder, model]));
    theirs.push(await measure(["--node-modules-dir=manual", join(peer, "llm_peer.mjs"), model], peer));
  }
  const best = (readings: readonly Reading[], way: keyof Reading) =>
    Math.max(...readings.map((reading) => reading[way]));
  const rows =
    ([["whole", "whole prompts, whole vocabulary"], ["shared", "a shared beginning, two labels"]] as const)
      .map(([way, work]) => ({ work, provider: best(ours, way), nodeLlamaCpp: best(theirs, way) }));
  if (json) console.log(JSON.stringify({ benchmark: "llm", model: weights.name, threads: 1, rows }, null, 2));
  else {
    console.log(`${weights.name}, one thread, prompt tokens a second, the best of ${rounds} rounds:`);
    for (const { work, provider, nodeLlamaCpp } of rows) {
      console.log(
        `  ${work.padEnd(34)} provider ${provider.toFixed(0)}, node-llama-cpp ${nodeLlamaCpp.toFixed(0)} ` +
          `(${(provider / nodeLlamaCpp).toFixed(2)} of it)`,
      );
    }
  }
} finally {
  await Deno.remove(peer, { recursive: true });
}

async function prepared(name: string): Promise<PreparedData> {
  const { value } = await Effect.runPromise(capabilities[name]!.prepare(() => {}));
  return value as PreparedData;
}

/** Installs node-llama-cpp without the builds for other machines, which npm would fetch too. */
async function installPeer(): Promise<string> {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "package.json"), "{}");
  await Deno.copyFile(new URL("./llm_peer.mjs", import.meta.url), join(folder, "llm_peer.mjs"));
  const version = "3.21.1";
  const { success, stderr } = await new Deno.Command("npm", {
    args: [
      ...["install", `node-llama-cpp@${version}`, `@node-llama-cpp/linux-x64@${version}`, "--omit=optional"],
      ...["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    ],
    cwd: folder,
  }).output();
  if (success) return folder;
  console.error(`npm could not install node-llama-cpp: ${new TextDecoder().decode(stderr)}`);
  Deno.exit(1);
}

async function measure(args: readonly string[], cwd?: string): Promise<Reading> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", ...args],
    stderr: "inherit",
    ...(cwd === undefined ? {} : { cwd }),
  }).output();
  if (!success) Deno.exit(1);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

function script(name: string): string {
  return new URL(`./${name}`, import.meta.url).href;
}
