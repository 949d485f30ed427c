/**
 * Preparing: each capability is made ready once a run, when the first node needs it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Capability, CapabilityError, Prepared } from "./capability.ts";
import type { Event } from "./event.ts";

/** Gives the preparation of a capability by name: the first to run it prepares, the others wait for that. */
export const prepareOnce: (
  capabilities: Readonly<Record<string, Capability>>,
  onEvent: (event: Event) => void,
) => Effect.Effect<(name: string) => Effect.Effect<Prepared, CapabilityError>> = Effect.fnUntraced(function* (
  capabilities,
  onEvent,
) {
  const preparations = new Map<string, Effect.Effect<Prepared, CapabilityError>>();
  for (const [name, { prepare }] of Object.entries(capabilities)) {
    const told = Effect.suspend(() => {
      const clock = performance.now();
      return Effect.tap(
        prepare((progress) => onEvent({ type: "preparing", capability: name, ...progress })),
        () => Effect.sync(() => onEvent({ type: "prepared", capability: name, seconds: since(clock) })),
      );
    });
    preparations.set(name, yield* Effect.cached(told));
  }
  return (name: string) => preparations.get(name)!;
});

function since(clock: number): number {
  return (performance.now() - clock) / 1000;
}
