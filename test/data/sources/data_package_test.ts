import { assert, assertEquals, assertMatch } from "@std/assert";
import * as Effect from "effect/Effect";
import { gzipSync } from "fflate";
import { createTar } from "nanotar";
import { join } from "node:path";
import { dataCapability, type DataPackage, fetchData } from "../../../lib/data/sources/data_package.ts";
import { localFile } from "../../../lib/data/sources/folder.ts";
import type { Origin } from "../../../lib/data/sources/origin.ts";
import { untar } from "../../../lib/data/sources/tar.ts";
import { listingDigest } from "../../../lib/data/sources/verify.ts";
import { SetupError } from "../../../lib/setup/error.ts";

const silent = () => {};

// printf one | sha256sum; printf two | sha256sum; and, in a folder of files one and two, LC_ALL=C sha256sum * | sha256sum
const files = {
  one: "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
  two: "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3",
};
const listing = "d782ac504a7c8926d9fa68e87a2547dcdda3059033ba9b7a0279eb25dfaaed39";

/** A package of two files in an archive of the user's, which may hold something else than is expected. */
async function packageOf(folder: string, held: Readonly<Record<string, string>>): Promise<DataPackage> {
  const entries = Object.entries(held).map(([name, data]) => ({ name: `data/${name}`, data }));
  await Deno.writeFile(join(folder, "data.tgz"), gzipSync(createTar(entries)));
  return {
    title: "Two words",
    origin: localFile(folder, "data.tgz"),
    bytes: 6,
    unpack: (archive, into) => untar(archive, (path) => join(into, path.slice("data/".length))),
    expected: { files },
  };
}

async function inTempFolders(test: (folder: string, cache: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder, join(folder, "cache"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const failure = (data: DataPackage, cache: string) =>
  Effect.runPromise(Effect.flip(fetchData("words", data, silent, cache)));

Deno.test("listingDigest() is the digest of what sha256sum prints", () => {
  assertEquals(listingDigest({ two: files.two, one: files.one }), listing);
});

Deno.test("fetchData() unpacks and checks, and needs the origin no second time", () =>
  inTempFolders(async (folder, cache) => {
    const data = await packageOf(folder, { one: "one", two: "two" });
    const first = await Effect.runPromise(fetchData("words", data, silent, cache));
    assertEquals([...first.files], ["one", "two"]);
    assertEquals(await Deno.readTextFile(join(first.folder, "two")), "two");

    const gone: Origin = { ...data.origin, fetch: () => Effect.die("asked for again") };
    assertEquals(
      await Effect.runPromise(fetchData("words", { ...data, origin: gone }, silent, cache)),
      first,
    );
  }));

Deno.test("fetchData() names the file whose content is not the published one, and keeps nothing", () =>
  inTempFolders(async (folder, cache) => {
    const { message } = await failure(await packageOf(folder, { one: "one", two: "tow" }), cache);
    assert(message.startsWith(`two from ${folder}/data.tgz has the SHA-256 `), message);
    assert(message.endsWith(` instead of ${files.two}; nothing of it was kept.`), message);
    assertEquals(Array.from(Deno.readDirSync(join(cache, "data"))), []);
  }));

Deno.test("fetchData() names the file that is missing", () =>
  inTempFolders(async (folder, cache) => {
    const { message } = await failure(await packageOf(folder, { one: "one" }), cache);
    assertEquals(message, `${folder}/data.tgz does not hold two; nothing of it was kept.`);
  }));

Deno.test("fetchData() refuses a file too many", () =>
  inTempFolders(async (folder, cache) => {
    const { message } = await failure(await packageOf(folder, { one: "one", two: "two", three: "" }), cache);
    assertMatch(message, /^The listing of 3 files from .* has the SHA-256 /);
  }));

Deno.test("fetchData() says that the user's archive is not there, or cut off", () =>
  inTempFolders(async (folder, cache) => {
    const data = await packageOf(folder, { one: "one", two: "two" });
    await Deno.truncate(join(folder, "data.tgz"), 60);
    assertMatch((await failure(data, cache)).message, /^The archive .*data\.tgz is damaged /);
    await Deno.remove(join(folder, "data.tgz"));
    assertEquals((await failure(data, cache)).message, `${folder}/data.tgz is not there.`);
  }));

Deno.test("fetchData() fetches anew what has rotted in the cache", () =>
  inTempFolders(async (folder, cache) => {
    const data = await packageOf(folder, { one: "one", two: "two" });
    const found = await Effect.runPromise(fetchData("words", data, silent, cache));
    await Deno.writeTextFile(join(found.folder, "one"), "onf"); // of the same size
    await Effect.runPromise(fetchData("words", data, silent, cache));
    assertEquals(await Deno.readTextFile(join(found.folder, "one")), "one");
  }));

Deno.test("dataCapability() has the content for its identity, and passes the origin's sentence on", async () => {
  const origin: Origin = {
    description: "nowhere",
    programs: [["no-such-program"]],
    fetch: () => Effect.fail(new SetupError({ message: "No luck.", remedy: "Try again." })),
  };
  const unpublished = { one: "0".repeat(64) };
  const capability = dataCapability("words", "Words.", () => ({
    title: "One word",
    origin,
    bytes: 3,
    unpack: () => Promise.resolve(),
    expected: { files: unpublished },
  }));
  assertEquals(capability.identity(), { data: "One word", sha256: listingDigest(unpublished) });
  assertEquals(await Effect.runPromise(capability.check), {
    ready: false,
    detail: "One word comes from nowhere, which needs no-such-program",
  });
  const error = await Effect.runPromise(Effect.flip(capability.prepare(silent)));
  assertEquals([error._tag, error.capability, error.message], ["CapabilityError", "words", "No luck."]);
});
