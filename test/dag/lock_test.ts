import { openStore } from "../../lib/dag/store.ts";
import { tryLock, withLock } from "../../lib/dag/lock.ts";
import { StoreError } from "../../lib/dag/errors.ts";
import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import { child, kill, untilReady, withFolder, withStore } from "./store_fixture.ts";

Deno.test("tryLock() gives a lock to one holder at a time, and leaves no file", () =>
  withStore(({ root }) => {
    const lock = tryLock(root, "key");
    assert(lock !== undefined);
    assertEquals(tryLock(root, "key"), undefined);
    assert(tryLock(root, "another") !== undefined);
    lock.release();
    const again = tryLock(root, "key");
    assert(again !== undefined);
    again.release();
    assert(!locks(root).includes("key"));
  }));

Deno.test("withLock() waits for the holder, says so once, and then works", () =>
  withStore(({ root }) =>
    Effect.runPromise(Effect.gen(function* () {
      const held = yield* Deferred.make<void>();
      const letGo = yield* Deferred.make<void>();
      const said: string[] = [];
      const first = yield* Effect.forkChild(
        withLock(root, "key", () => said.push("first"))(
          Effect.andThen(Deferred.succeed(held, undefined), Deferred.await(letGo)),
        ),
      );
      yield* Deferred.await(held);
      const second = yield* Effect.forkChild(
        withLock(root, "key", () => said.push("second"))(Effect.sync(() => said.push("in"))),
      );
      yield* Effect.sleep(50);
      assertEquals(said, ["second"]);
      yield* Deferred.succeed(letGo, undefined);
      yield* Fiber.join(first);
      yield* Fiber.join(second);
      assertEquals(said, ["second", "in"]);
      assert(!locks(root).includes("key"));
    }))
  ));

Deno.test("withLock() can be interrupted while it waits, and gives the lock back when its work fails", () =>
  withStore(({ root }) =>
    Effect.runPromise(Effect.gen(function* () {
      const lock = tryLock(root, "key")!;
      const waiting = yield* Effect.forkChild(withLock(root, "key", () => {})(Effect.void));
      yield* Effect.sleep(20);
      yield* Fiber.interrupt(waiting);
      lock.release();
      assert(!locks(root).includes("key"));

      const failed = yield* Effect.exit(withLock(root, "key", () => {})(Effect.fail("no")));
      assert(Exit.isFailure(failed));
      const free = tryLock(root, "key");
      assert(free !== undefined);
      free.release();
    }))
  ));

Deno.test("withLock() fails with a StoreError where no lock can be made", () =>
  withFolder(async (folder) => {
    const error = await Effect.runPromise(Effect.flip(withLock(folder, "key", () => {})(Effect.void)));
    assertInstanceOf(error, StoreError);
  }));

Deno.test("a lock is free again when its holder is killed, and the next to open sweeps its file", () =>
  withStore(async ({ root }) => {
    const holder = child("hold", root, "key");
    await untilReady(holder);
    assertEquals(tryLock(root, "key"), undefined);
    await kill(holder);
    assert(locks(root).includes("key"));
    openStore(root).close();
    assert(!locks(root).includes("key"));
  }));

Deno.test("locks that are unlinked on release still exclude: 3 processes count to 300", () =>
  withStore(async ({ root }) => {
    const file = `${root}/number`;
    await Deno.writeTextFile(file, "0");
    const counters = [1, 2, 3].map(() => child("count", root, file, 100));
    for (const counter of counters) {
      assert((await counter.status).success);
      await counter.stdout.cancel();
    }
    assertEquals(await Deno.readTextFile(file), "300");
  }));

function locks(root: string): readonly string[] {
  return [...Deno.readDirSync(`${root}/locks`)].map((entry) => entry.name);
}
