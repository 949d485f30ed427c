/**
 * Showing a run while it goes on: a live region on a terminal, logfmt lines elsewhere.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { NodeError } from "../dag/errors.ts";
import type { Event } from "../dag/event.ts";
import { label } from "../dag/node.ts";
import { liveRegion } from "./live.ts";
import { liveLines } from "./live_lines.ts";
import { eventFields, logfmt, thinned } from "./logfmt.ts";
import { type Paint, screenOf } from "./paint.ts";
import { advance, begun } from "./progress.ts";

/** How often a log tells of one node's progress, in milliseconds. */
const LOG_PAUSE = 5000;

/** Opens what shows a run's events, on standard error; it closes with the scope. */
export const showProgress: Effect.Effect<(event: Event) => void, never, Scope.Scope> = Effect.suspend(() =>
  screenOf("stderr").live ? onTerminal : Effect.succeed(inLog())
);

const onTerminal = Effect.gen(function* () {
  let run = begun(Date.now());
  const region = yield* Effect.acquireRelease(
    Effect.sync(() =>
      liveRegion(() => liveLines(run, screenOf("stderr"), Date.now()), {
        write,
        columns: () => screenOf("stderr").columns,
      })
    ),
    (region) => Effect.sync(region.close),
  );
  return (event: Event) => {
    run = advance(run, event, Date.now());
    if (event.type === "failed") {
      region.print(failureLines(label(event.node), event.error, screenOf("stderr").paint).join("\n"));
    } else if (event.type === "quarantined") {
      const producer = event.producer === undefined ? "" : `; ${label(event.producer)} makes it again`;
      region.print(
        screenOf("stderr").paint.yellow(`Object ${event.digest.slice(0, 12)} was corrupt${producer}`),
      );
    } else {
      region.draw();
    }
  };
});

function inLog(): (event: Event) => void {
  const isDue = thinned(LOG_PAUSE);
  return (event) => {
    if (!isDue(event, performance.now())) return;
    write(`${logfmt({ time: new Date().toISOString(), ...eventFields(event) })}\n`);
  };
}

/** A node's failure: what happened, what to do, and the end of its log. */
function failureLines(name: string, error: NodeError, paint: Paint): readonly string[] {
  return [
    `${paint.red(`✗ ${name}`)}  ${error.message}`,
    ...(error.remedy === undefined ? [] : [`  ${error.remedy}`]),
    ...error.log.map((line) => paint.dim(`  │ ${line}`)),
  ];
}

/** Writes to standard error. When nobody listens there any more, the run goes on. */
function write(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let written = 0; written < bytes.length;) {
      written += Deno.stderr.writeSync(bytes.subarray(written));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
