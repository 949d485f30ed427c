/**
 * Bundles: all the code that a task reaches, in one text.
 *
 * @module
 */
import type * as Esbuild from "esbuild";
import { PipelineError } from "./errors.ts";
import type { Lockfile } from "./lockfile.ts";
import { fromFileUrl, relative } from "./path.ts";
import { purify } from "./purify.ts";
import type { Task } from "./task.ts";

/** The path of the module that declares {@linkcode Task}. */
export const ENGINE: string = fromFileUrl(new URL("./task.ts", import.meta.url).href);

/** Where a task is declared. */
export interface Place {
  /** The task. */
  readonly task: Task;
  /** The folder of its project. */
  readonly root: string;
  /** The path of its module. */
  readonly path: string;
  /** The name of the export that it is. */
  readonly export: string;
}

/** A task's bundle. */
export interface Built {
  /** The task. */
  readonly at: Place;
  /** The code that it reaches. */
  readonly text: string;
  /** The packages that the code imports, as bare specifiers. */
  readonly imports: readonly string[];
  /** All files whose change could change the code, relative to the project's folder. */
  readonly sources: readonly string[];
}

/** How many builds are under way: the bundler is one process, which must not be stopped under another's build. */
let builds = 0;

/**
 * Bundles tasks, each by itself.
 *
 * @param root The folder of their project.
 * @param places The tasks.
 * @param lock Tells local files from packages.
 * @throws {PipelineError} On code that does not parse, or imports what is not there.
 */
export async function bundle(
  root: string,
  places: readonly Place[],
  lock: Lockfile,
): Promise<readonly Built[]> {
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
      plugins: [reachable(esbuild, root, places, lock)],
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
function reachable(
  esbuild: typeof Esbuild,
  root: string,
  places: readonly Place[],
  lock: Lockfile,
): Esbuild.Plugin {
  const engine = Deno.realPathSync(ENGINE);
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
        ({ path, kind }) => {
          if (kind === "entry-point") return undefined;
          const file = lock.file(path);
          return file === undefined
            ? { path, external: true, sideEffects: false }
            : { path: Deno.realPathSync(file) };
        },
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
