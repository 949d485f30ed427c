/**
 * The papers that can be reproduced, by name. Each is loaded when it is asked for.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { PipelineError, thrown } from "../dag/errors.ts";
import type { Pipeline } from "../dag/pipeline.ts";
import { resolve, toFileUrl } from "../dag/path.ts";
import { UsageError } from "./errors.ts";
import { lazily } from "./lazy.ts";
import { unknown } from "./suggest.ts";

/** The URLs of the papers' modules. */
export const papers: Readonly<Record<string, string>> = {
  tost: import.meta.resolve("../../pipelines/tost.ts"),
  crate: import.meta.resolve("../../pipelines/crate.ts"),
  "crate-mae": import.meta.resolve("../../pipelines/crate_mae.ts"),
  emergence: import.meta.resolve("../../pipelines/emergence.ts"),
  mcr2: import.meta.resolve("../../pipelines/mcr2.ts"),
  "wrong-line": import.meta.resolve("../../pipelines/wrong_line.ts"),
  "scaff-pd": import.meta.resolve("../../pipelines/scaff_pd.ts"),
  "dp-cap": import.meta.resolve("../../pipelines/dp_cap.ts"),
  "icl-calibration": import.meta.resolve("../../pipelines/icl_calibration.ts"),
  "inference-compute": import.meta.resolve("../../pipelines/inference_compute.ts"),
};

/** Loads a paper by its name, or a pipeline by the path of its module: `./my_paper.ts`. */
export function loadPaper(name: string): Effect.Effect<Pipeline, UsageError | PipelineError> {
  const isPath = /\.[jt]sx?$/.test(name);
  const url = isPath ? toFileUrl(resolve(name)) : Object.hasOwn(papers, name) ? papers[name] : undefined;
  if (url === undefined) {
    return Effect.fail(new UsageError({ message: unknown("paper", name, Object.keys(papers)) }));
  }
  return Effect.gen(function* () {
    if (isPath && !(yield* isFile(resolve(name)))) {
      return yield* new UsageError({ message: `There is no file ${name}.` });
    }
    const module = yield* Effect.tryPromise({
      try: () => lazily<object>(url),
      catch: (error) => new PipelineError({ message: `the module ${name} does not load: ${thrown(error)}` }),
    });
    const found = Object.values(module).find(isPipeline);
    if (found !== undefined) return found;
    return yield* new UsageError({
      message: `The module ${name} exports no pipeline.`,
      remedy: "export what `pipeline({ … })` returns",
    });
  });
}

/** The papers that a command line names, each once; `all` names every one. */
export function namedPapers(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => name === "all" ? Object.keys(papers) : [name]))];
}

function isPipeline(value: unknown): value is Pipeline {
  return typeof value === "object" && value !== null && "name" in value && "presets" in value &&
    "build" in value;
}

function isFile(path: string): Effect.Effect<boolean> {
  return Effect.promise(() => Deno.stat(path).then((info) => info.isFile, () => false));
}
