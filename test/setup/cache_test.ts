import { assert, assertEquals, assertMatch, assertStrictEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { cachedFolder, findCached, readCachedFolder, type Wanted } from "../../lib/setup/cache.ts";
import { inFolder, SetupError } from "../../lib/setup/error.ts";

const silent = () => {};

/** A folder with one file, counting how often it is made. */
function counted(name: string, content = "abc"): Wanted & { readonly made: () => number } {
  let made = 0;
  return {
    name,
    title: "A test",
    needs: 1000,
    make: (into) =>
      inFolder(into, async () => {
        made++;
        await Deno.writeTextFile(`${into}/file.txt`, content);
        return { version: "1" };
      }),
    made: () => made,
  };
}

/** The files below a folder, deeply. */
function filesBelow(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${folder}/${name}`) : [`${folder}/${name}`]
  ).sort();
}

async function inTempCache(test: (cache: string) => Promise<void>): Promise<void> {
  const cache = await Deno.makeTempDir();
  try {
    await test(cache);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

Deno.test("cachedFolder() makes a folder once and finds it ever after", () =>
  inTempCache(async (cache) => {
    const wanted = counted("data/test-1");
    assertStrictEquals(findCached(wanted.name, cache), undefined);
    const made = await Effect.runPromise(cachedFolder(wanted, silent, cache));
    assertEquals({ ...made }, {
      folder: `${cache}/data/test-1`,
      files: ["file.txt"],
      facts: { version: "1" },
    });
    assertEquals(await Effect.runPromise(cachedFolder(wanted, silent, cache)), made);
    assertEquals(findCached(wanted.name, cache), made);
    assertEquals(wanted.made(), 1);
  }));

Deno.test("cachedFolder() shares the work of two that want the same, and tells the second that it waits", () =>
  inTempCache(async (cache) => {
    const quick = counted("native/test");
    const slow = {
      ...quick,
      make: (into: string, scratch: string) => Effect.delay(quick.make(into, scratch), 300),
    };
    const said: string[] = [];
    const both = await Effect.runPromise(
      Effect.all([1, 2].map(() => cachedFolder(slow, ({ doing }) => said.push(doing), cache)), {
        concurrency: "unbounded",
      }),
    );
    assertEquals(both[0], both[1]);
    assertEquals(quick.made(), 1);
    assertEquals(said, ["waiting for another process that is preparing A test"]);
  }));

Deno.test("cachedFolder() leaves nothing of a folder whose making failed", () =>
  inTempCache(async (cache) => {
    const failing: Wanted = {
      ...counted("data/test"),
      make: (into) =>
        Effect.andThen(
          inFolder(into, () => Deno.writeTextFile(`${into}/half`, "…")),
          Effect.fail(new SetupError({ message: "no luck", remedy: "try again" })),
        ),
    };
    const error = await Effect.runPromise(Effect.flip(cachedFolder(failing, silent, cache)));
    assertEquals(error.message, "no luck");
    assertEquals(filesBelow(cache), [`${cache}/locks/data-test`]);
  }));

Deno.test("cachedFolder() makes anew what a power cut emptied, and what is no longer intact", () =>
  inTempCache(async (cache) => {
    const wanted = counted("data/test");
    const { folder } = await Effect.runPromise(cachedFolder(wanted, silent, cache));
    await Deno.truncate(`${folder}/file.txt`);
    assertStrictEquals(readCachedFolder(folder), undefined);
    await Effect.runPromise(cachedFolder(wanted, silent, cache));
    assertEquals(await Deno.readTextFile(`${folder}/file.txt`), "abc");

    const intact = () => Effect.promise(async () => await Deno.readTextFile(`${folder}/file.txt`) === "abc");
    await Deno.writeTextFile(`${folder}/file.txt`, "abd"); // of the right size
    await Effect.runPromise(cachedFolder({ ...wanted, intact }, silent, cache));
    assertEquals(await Deno.readTextFile(`${folder}/file.txt`), "abc");
    assertEquals(wanted.made(), 3);
  }));

Deno.test("cachedFolder() is not harmed by a process that was killed while it made the same", () =>
  inTempCache(async (cache) => {
    const script = `${cache}/script.ts`;
    const module = new URL("../../lib/setup/cache.ts", import.meta.url);
    await Deno.writeTextFile(
      script,
      `import { cachedFolder } from ${JSON.stringify(module.href)};
       import * as Effect from "effect/Effect";
       const make = (into) => Effect.andThen(
         Effect.promise(() => Deno.writeTextFile(into + "/file.txt", "half")),
         Effect.andThen(Effect.sync(() => console.log("halfway")), Effect.never),
       );
       await Effect.runPromise(cachedFolder({ name: "data/test", title: "A test", needs: 1, make }, () => {}, ${
        JSON.stringify(cache)
      }));`,
    );
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", "--config", config, script],
      stdout: "piped",
      stderr: "null",
    }).spawn();
    const reader = child.stdout.getReader();
    assertMatch(new TextDecoder().decode((await reader.read()).value), /halfway/);
    child.kill("SIGKILL");
    await Promise.all([child.status, reader.cancel()]);

    const { folder } = await Effect.runPromise(cachedFolder(counted("data/test"), silent, cache));
    assertEquals(await Deno.readTextFile(`${folder}/file.txt`), "abc");
    assertEquals(filesBelow(`${cache}/tmp`), []);
  }));

Deno.test("cachedFolder() refuses before it starts what the disk cannot hold", () =>
  inTempCache(async (cache) => {
    const wanted = { ...counted("data/test"), needs: 1e18 };
    const error = await Effect.runPromise(Effect.flip(cachedFolder(wanted, silent, cache)));
    assertMatch(
      error.message,
      /^A test takes 1000000 TB to set up, and the disk that holds .* has only [\d.]+ .?B free\.$/,
    );
    assertEquals(wanted.made(), 0);
  }));

Deno.test("cachedFolder() says which folder cannot be written", () =>
  inTempCache(async (cache) => {
    await Deno.writeTextFile(`${cache}/file`, "");
    const error = await Effect.runPromise(
      Effect.flip(cachedFolder(counted("data/test"), silent, `${cache}/file`)),
    );
    assert(error.message.includes(`${cache}/file`), error.message);
  }));

Deno.test("inFolder() says that the disk is full, and where", async () => {
  const error = await Effect.runPromise(
    Effect.flip(inFolder("/dev", () => Deno.writeTextFile("/dev/full", "x"))),
  );
  assertEquals(error.message, "The disk that holds /dev is full.");
  assertMatch(error.remedy, /XDG_CACHE_HOME/);
});
