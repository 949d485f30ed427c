/** A language model for tests, if this machine has one already: no test fetches any. */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import { join } from "node:path";
import { digestOf } from "../../lib/data/sources/verify.ts";
import { llamaPackage } from "../../lib/language/llama/runtime.ts";
import { openModel } from "../../lib/language/llama/open.ts";
import type { LanguageModel, LanguageModelError } from "../../lib/language/model.ts";
import { gemma3, smollm2 } from "../../lib/language/models.ts";
import { findCached } from "../../lib/setup/cache.ts";
import type { DataPackage } from "../../lib/data/sources/data_package.ts";

const cached = (name: string, { expected }: DataPackage) =>
  findCached(`data/${name}-${digestOf(expected).slice(0, 16)}`);

const models = { smollm2, gemma3 };

/** Whether the runtime and the weights lie in the cache. */
export function hasModel(name: keyof typeof models): boolean {
  return cached("llama", llamaPackage) !== undefined && cached(name, models[name]) !== undefined;
}

/** Uses a model that {@linkcode hasModel}. */
export function withModel<A>(
  name: keyof typeof models,
  use: (model: LanguageModel) => Effect.Effect<A, LanguageModelError, Scope.Scope>,
): Promise<A> {
  const weights = cached(name, models[name])!;
  return Effect.runPromise(Effect.scoped(
    Effect.flatMap(
      openModel({
        runtime: cached("llama", llamaPackage)!.folder,
        path: join(weights.folder, weights.files.find((file) => file.endsWith(".gguf"))!),
        context: 1024,
      }),
      use,
    ),
  ));
}
