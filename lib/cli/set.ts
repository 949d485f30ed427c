/**
 * `--set task.param=value`: parameters replaced from the command line.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../dag/canonical.ts";
import type { Node, Overrides } from "../dag/node.ts";
import { UsageError } from "./errors.ts";
import { unknown } from "./suggest.ts";

/**
 * Reads settings. A value is JSON where it parses as such, else text: `0.2`, `true`, `[1,2]`, `tssa`.
 *
 * @param settings What came: `train-tost.steps=500`.
 */
export function parseSettings(settings: readonly string[]): Effect.Effect<Overrides, UsageError> {
  return Effect.gen(function* () {
    const overrides: Record<string, Record<string, Json>> = {};
    for (const setting of settings) {
      const found = setting.match(/^([^.=]+)\.([^=]+)=(.*)$/s);
      if (found === null) {
        return yield* new UsageError({
          message: `--set ${setting} is not of the form task.param=value, such as train-tost.steps=500.`,
        });
      }
      const [, task, param, value] = found;
      (overrides[task!] ??= {})[param!] = jsonOrText(value!);
    }
    return overrides;
  });
}

/** Refuses settings for tasks that a pipeline does not have: they would change nothing. */
export function requireTasks(overrides: Overrides, nodes: readonly Node[]): Effect.Effect<void, UsageError> {
  const tasks = [...new Set(nodes.map((node) => node.task.spec.name))].sort();
  const stray = Object.keys(overrides).find((task) => !tasks.includes(task));
  return stray === undefined
    ? Effect.void
    : Effect.fail(new UsageError({ message: `--set: ${unknown("task", stray, tasks)}` }));
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
