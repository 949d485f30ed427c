/**
 * Locks between processes: two that want the same node share the work.
 *
 * A lock is a `flock` on a file, so the kernel releases it when its holder ends, however it ends. The holder unlinks
 * the file on release, which keeps the folder small; whoever gets a lock must therefore check that the file it locked
 * is still the one that the path names.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { isAbsent, onDisk, statOf } from "./disk.ts";
import { StoreError } from "./errors.ts";

/** A lock that is held. */
export interface Lock {
  /** Gives the lock back. */
  readonly release: () => void;
}

/** Milliseconds between two tries: at first, and at most. */
const FIRST_WAIT = 5;
const LONGEST_WAIT = 200;

/** The folder of a store's locks. */
export function locksIn(root: string): string {
  return `${root}/locks`;
}

/**
 * Takes a lock if nobody holds it.
 *
 * @returns The lock, or undefined when somebody (this process included) has it.
 * @throws {StoreError} When the file cannot be made.
 */
export function tryLock(root: string, name: string): Lock | undefined {
  const path = `${locksIn(root)}/${name}`;
  return onDisk("lock", path, () => {
    while (true) {
      const file = Deno.openSync(path, { read: true, write: true, create: true });
      try {
        if (!file.tryLockSync(true)) {
          file.close();
          return undefined;
        }
        if (statOf(path)?.ino === file.statSync().ino) return { release: () => release(path, file) };
      } catch (error) {
        file.close();
        throw error;
      }
      // Its holder unlinked it after this process had opened it: nobody else will see this lock.
      file.close();
    }
  });
}

/**
 * Runs an effect while holding a lock. Waiting for it can be interrupted.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import { withLock } from "./lock.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await Deno.makeTempDir();
 * await Deno.mkdir(`${root}/locks`);
 * const alone = withLock(root, "key", () => console.error("waiting for another process"));
 *
 * assertEquals(await Effect.runPromise(alone(Effect.succeed("done"))), "done");
 * ```
 *
 * @param root The store's folder.
 * @param key The lock's name: a node's key.
 * @param onWait Called once, when somebody else holds the lock.
 */
export function withLock(
  root: string,
  key: string,
  onWait: () => void,
): <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | StoreError, R> {
  return (effect) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.flatMap(
        wait(root, key, onWait, restore),
        (lock) => Effect.ensuring(restore(effect), Effect.sync(lock.release)),
      )
    );
}

/**
 * Polls: a blocking `flock` would hold a thread and could not be interrupted. Only the sleep can be interrupted, so
 * that a lock once taken is never dropped on the floor.
 */
const wait = Effect.fnUntraced(function* (
  root: string,
  key: string,
  onWait: () => void,
  restore: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>,
) {
  for (let pause = FIRST_WAIT;; pause = Math.min(2 * pause, LONGEST_WAIT)) {
    const lock = yield* attempt(root, key);
    if (lock !== undefined) return lock;
    if (pause === FIRST_WAIT) onWait();
    yield* restore(Effect.sleep(pause));
  }
});

const attempt = (root: string, key: string): Effect.Effect<Lock | undefined, StoreError> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(tryLock(root, key));
    } catch (error) {
      return error instanceof StoreError ? Effect.fail(error) : Effect.die(error);
    }
  });

function release(path: string, file: Deno.FsFile): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  } finally {
    file.close();
  }
}
