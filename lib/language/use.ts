/**
 * The language model of a running task.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { Running } from "../dag/running.ts";
import { type DataError, dataFolder } from "../data/folder.ts";
import { openModel } from "./llama/open.ts";
import type { LanguageModel, LanguageModelError } from "./model.ts";

/** The language models that tasks may name in `uses`, each beside `llama`. */
export type ModelName = "smollm2" | "gemma3" | "gguf";

/** A language model with the true name of its weights. */
export interface NamedModel extends LanguageModel {
  /** What tables and figures call it: `SmolLM2-135M-Instruct (Q4_1)`. */
  readonly name: string;
}

/**
 * Opens the language model that a task `uses`, until the scope ends.
 *
 * @param name The model, which the task lists in `uses`, as it does `llama`.
 * @param context The longest prompt, in tokens; less where the model's training had less.
 */
export function useLanguageModel(
  name: ModelName,
  context: number,
): Effect.Effect<NamedModel, LanguageModelError | DataError, Scope.Scope | Running> {
  return Effect.gen(function* () {
    const runtime = yield* dataFolder("llama");
    const weights = yield* dataFolder(name);
    const file = weights.files.find((one) => one.endsWith(".gguf")) ?? weights.files[0]!;
    const path = `${weights.folder}/${file}`;
    const model = yield* openModel({ runtime: runtime.folder, path, context });
    return { ...model, name: weights.name };
  });
}
