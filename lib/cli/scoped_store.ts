/**
 * Opening the store for a command, and closing it again.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type * as Scope from "effect/Scope";
import type { StoreError } from "../dag/errors.ts";
import { openStore, type Store } from "../dag/store.ts";

/** Opens a store for as long as the scope lasts. */
export function scopedStore(root: string): Effect.Effect<Store, StoreError, Scope.Scope> {
  return Effect.acquireRelease(
    Effect.try({ try: () => openStore(root), catch: (error) => error as StoreError }),
    (store) => Effect.sync(store.close),
  );
}
