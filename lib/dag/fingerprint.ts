/**
 * Fingerprints: the hash of the code that a task reaches.
 *
 * A task's code is the tree-shaken bundle of its one export: types, comments and formatting are gone, what it does not
 * reach is gone, and packages stay outside as name and version from the lock. The bundle is kept as an object: it is
 * what runs, so that an edit between hashing and running cannot slip in, and what `inspect why` compares.
 *
 * @module
 */
import type * as Esbuild from "esbuild";
import { fromFileUrl, join, projectRoot, relative } from "./path.ts";
import { recordHash, sha256 } from "./digest.ts";
import { PipelineError } from "./errors.ts";
import { type Lockfile, readLockfile } from "./lockfile.ts";
import { purify } from "./purify.ts";
import type { NodeRecord } from "./record.ts";
import type { Store } from "./store.ts";
import type { Task } from "./task.ts";

/** A task's code: its fingerprint, its bundle's digest, where it is declared, and the packages it imports. */
export type Code = NodeRecord["code"];

interface Remembered {
  readonly sources: Readonly<Record<string, string>>;
  readonly lock: string;
  readonly code: Code;
  /** The bundle's size in bytes. */
  readonly size: number;
}

/** Changes when what is hashed changes. */
const FORMAT = "assay-code-1";

/**
 * Fingerprints tasks. Answers from memory while no source in a task's import graph and no lock has changed; else
 * bundles all changed ones in one go.
 *
 * @param tasks The tasks, each once.
 * @param store Keeps the bundles and the memory.
 * @throws {PipelineError} On a task that its module does not export, or code that does not parse.
 */
export async function fingerprint(tasks: readonly Task[], store: Store): Promise<ReadonlyMap<Task, Code>> {
  const digests = new Map<string, string>();
  const digestOf = (path: string) => {
    if (!digests.has(path)) digests.set(path, sourceDigest(path));
    return digests.get(path)!;
  };
  const locks = new Map<string, Lockfile>();
  const lockOf = (root: string) => {
    if (!locks.has(root)) locks.set(root, readLockfile(root));
    return locks.get(root)!;
  };
  const places = await Promise.all(tasks.map(place));
  const found = new Map<Task, Code>();
  const stale: Place[] = [];
  for (const at of places) {
    const remembered = recall(store, at);
    const fresh = remembered !== undefined && remembered.lock === lockOf(at.root).digest &&
      Object.entries(remembered.sources).every(([path, digest]) => digestOf(join(at.root, path)) === digest);
    if (fresh) found.set(at.task, remembered.code);
    else stale.push(at);
  }
  for (const [root, group] of Map.groupBy(stale, (at) => at.root)) {
    const lock = lockOf(root);
    for (const built of await bundle(root, group)) {
      const packages = lock.versions(built.imports);
      const content = new TextEncoder().encode(built.text);
      const bundleDigest = store.putObject(content);
      const code: Code = {
        fingerprint: recordHash(FORMAT, { bundle: bundleDigest, packages }),
        bundle: bundleDigest,
        module: relative(root, built.at.path),
        export: built.at.export,
        packages,
      };
      const sources = Object.fromEntries(built.sources.map((path) => [path, digestOf(join(root, path))]));
      store.ledger.remember(
        memoName(built.at),
        JSON.stringify({ sources, lock: lock.digest, code, size: content.byteLength } satisfies Remembered),
      );
      found.set(built.at.task, code);
    }
  }
  return found;
}

interface Place {
  readonly task: Task;
  readonly root: string;
  readonly path: string;
  readonly export: string;
}

/** Finds the export that a task is. */
async function place(task: Task): Promise<Place> {
  const { module } = task.origin;
  const exports = module.startsWith("file:") ? await import(module) as Record<string, unknown> : {};
  const name = Object.keys(exports).find((key) => exports[key] === task);
  if (name === undefined) {
    throw new PipelineError({
      message: `task ${task.spec.name} is not exported by ${module}: declare it as a module-level export, ` +
        "so that its code can be hashed",
    });
  }
  const path = fromFileUrl(module);
  return { task, root: projectRoot(path), path, export: name };
}

interface Built {
  readonly at: Place;
  readonly text: string;
  readonly imports: readonly string[];
  readonly sources: readonly string[];
}

/** How many builds are under way: the bundler is one process, which must not be stopped under another's build. */
let builds = 0;

async function bundle(root: string, places: readonly Place[]): Promise<readonly Built[]> {
  const esbuild = await import("esbuild");
  builds++;
  try {
    const result = await esbuild.build({
      entryPoints: places.map((_, index) => ({ in: `task:${index}`, out: String(index) })),
      absWorkingDir: root,
      outdir: ".",
      bundle: true,
      write: false,
      format: "esm",
      platform: "neutral",
      target: "esnext",
      treeShaking: true,
      minifyWhitespace: true,
      legalComments: "none",
      jsx: "automatic",
      jsxImportSource: "preact",
      metafile: true,
      logLevel: "silent",
      plugins: [reachable(esbuild, root, places)],
    });
    return places.map((at, index) => {
      const output = Object.entries(result.metafile.outputs).find(([path]) =>
        path.endsWith(`${index}.js`) && path.split("/").at(-1) === `${index}.js`
      )![1];
      const file = result.outputFiles.find((one) =>
        one.path.endsWith(`/${index}.js`)
      )!;
      return {
        at,
        text: file.text,
        imports: output.imports.filter((one) => one.external).map((one) => one.path),
        sources: sourcesFrom(result.metafile, `task:task:${index}`),
      };
    });
  } catch (error) {
    const [first] = (error as Esbuild.BuildFailure).errors ?? [];
    if (first === undefined) throw error;
    const where = first.location === null ? "" : ` (${first.location.file}:${first.location.line})`;
    throw new PipelineError({ message: `the code of a task does not bundle: ${first.text}${where}` });
  } finally {
    builds--;
    if (builds === 0) await esbuild.stop();
  }
}

/** The bundler's plugin: one virtual entry a task, marked pure, packages outside, the engine's `task` as a stub. */
function reachable(esbuild: typeof Esbuild, root: string, places: readonly Place[]): Esbuild.Plugin {
  const engine = fromFileUrl(new URL("./task.ts", import.meta.url).href);
  return {
    name: "reachable",
    setup(build) {
      build.onResolve({ filter: /^task:/ }, ({ path }) => ({ path, namespace: "task" }));
      build.onLoad({ filter: /.*/, namespace: "task" }, ({ path }) => {
        const at = places[Number(path.slice("task:".length))]!;
        const contents = `export { ${at.export} as default } from ${JSON.stringify(at.path)};`;
        return { contents, resolveDir: root, loader: "js" };
      });
      build.onResolve(
        { filter: /^[^./]/ },
        ({ path, kind }) => kind === "entry-point" ? undefined : { path, external: true, sideEffects: false },
      );
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
        // What a task is made with is no part of what it does.
        if (path === engine) return { contents: "export const task = (spec) => ({ spec });", loader: "js" };
        try {
          const { code } = await esbuild.transform(await Deno.readTextFile(path), {
            loader: path.endsWith("x") ? "tsx" : "ts",
            format: "esm",
            target: "esnext",
            legalComments: "none",
            jsx: "automatic",
            jsxImportSource: "preact",
            sourcefile: relative(root, path),
          });
          return { contents: purify(code), loader: "js" };
        } catch (error) {
          // Handed on as they are, mistakes keep their place in the source.
          const { errors } = error as Esbuild.TransformFailure;
          if (errors === undefined) throw error;
          return { errors };
        }
      });
    },
  };
}

/** Every file in the import graph of an entry: all whose change could change its bundle. */
function sourcesFrom(metafile: Esbuild.Metafile, entry: string): readonly string[] {
  const seen = new Set<string>();
  const visit = (path: string) => {
    for (const { path: next, external } of metafile.inputs[path]?.imports ?? []) {
      if (external || seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(entry);
  return [...seen].sort();
}

function recall(store: Store, at: Place): Remembered | undefined {
  const text = store.ledger.memo(memoName(at));
  if (text === undefined) return undefined;
  const remembered = JSON.parse(text) as Remembered;
  return store.objects.presence(remembered.code.bundle, remembered.size) === "present"
    ? remembered
    : undefined;
}

function memoName(at: Place): string {
  return `${FORMAT} ${at.path}#${at.export}`;
}

function sourceDigest(path: string): string {
  try {
    return sha256(Deno.readFileSync(path));
  } catch {
    return "absent";
  }
}
