/** Runs a task by itself, without the engine. */
import * as Effect from "effect/Effect";
import type { Kind } from "../../lib/dag/kind.ts";
import { Running } from "../../lib/dag/running.ts";
import type { Inputs, Task, Value, Values } from "../../lib/dag/task.ts";

/** Runs a task on parameters and inputs, with what its capabilities prepared. */
export function run<P, I extends Inputs, K extends Kind>(
  { spec }: Task<P, I, K>,
  params: NoInfer<P>,
  inputs: Values<I>,
  prepared: Readonly<Record<string, unknown>> = {},
): Promise<Value<K>> {
  const running = { report: () => {}, log: () => {}, scratch: "", env: {}, prepared };
  return Effect.runPromise(spec.run({ params, inputs }).pipe(Effect.provideService(Running, running)));
}
