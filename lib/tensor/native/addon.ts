/**
 * The Node-API addon through which TensorFlow.js drives TensorFlow's C library: compiled here, since the one that its
 * package would download was built for TensorFlow 2.9.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { need, run } from "../../setup/command.ts";
import type { SetupError } from "../../setup/error.ts";
import type { Report } from "../../setup/progress.ts";

/** The npm package whose unmodified C++ sources are compiled, and whose kernels drive the result. */
export function kernelPackage(): string {
  return folderOf("@tensorflow/tfjs-node-gpu");
}

/** A digest of all that decides what the addon does: its sources, the interface's headers, the compiler's flags. */
export function addonRecipe(): string {
  return recipe ??= digestOfRecipe();
}

let recipe: string | undefined; // asked for once a node, and the sources do not change meanwhile

function digestOfRecipe(): string {
  const hash = createHash("sha256").update(JSON.stringify(flags));
  for (const folder of [join(kernelPackage(), "binding"), interfaceHeaders()]) {
    for (const name of Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort()) {
      hash.update(`\n${name}\n`).update(Deno.readFileSync(join(folder, name)));
    }
  }
  return hash.update(Deno.readFileSync(quietSource)).digest("hex").slice(0, 12);
}

/** Fails when there is no compiler. */
export const needCompiler: Effect.Effect<void, SetupError> = Effect.suspend(() =>
  need("g++", installCompiler)
);

/** Compiles the addon, and the small library that keeps TensorFlow quiet while it loads, into `into`. */
export function compileAddon(into: string, headers: string, report: Report): Effect.Effect<void, SetupError> {
  const binding = join(kernelPackage(), "binding");
  return Effect.gen(function* () {
    report({ doing: "compiling TensorFlow's addon" });
    yield* compile([
      ...flags,
      ...["-I", interfaceHeaders(), "-I", headers],
      ...["-o", join(into, "tfjs_binding.node")],
      ...[join(binding, "tfjs_backend.cc"), join(binding, "tfjs_binding.cc")],
      ...["-L", into, ...libraries],
    ]);
    yield* compile([...flags, "-o", join(into, "quiet.so"), quietSource]);
  });
}

const flags = ["-O2", "-std=c++17", "-shared", "-fPIC", "-DNAPI_VERSION=8"];

/** The addon looks for the libraries in its own folder, which may then be moved. */
const libraries = ["-l:libtensorflow_cc.so.2", "-l:libtensorflow_framework.so.2", "-Wl,-rpath,$ORIGIN"];

const installCompiler = "Install a C++17 compiler (on Debian or Ubuntu: sudo apt-get install g++).";

const quietSource = join(import.meta.dirname!, "quiet.cc");

function compile(args: readonly string[]): Effect.Effect<string, SetupError> {
  return run({
    program: "g++",
    args,
    install: installCompiler,
    failed: (printed) => ({
      message: `TensorFlow's addon does not compile (${firstError(printed)}).`,
      remedy: "It needs g++ 9 or newer: update it (on Debian or Ubuntu: sudo apt-get install g++).",
    }),
  });
}

/** Compilers say much more than this, but begin with it. */
function firstError(printed: string): string {
  const lines = printed.split("\n").map((line) => line.trim());
  return lines.find((line) => /error|No space left/i.test(line)) ?? lines.find((line) => line !== "") ??
    "it does not say why";
}

function interfaceHeaders(): string {
  return join(folderOf("node-api-headers"), "include");
}

function folderOf(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}
