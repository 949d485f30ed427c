/** Objects and artifacts in the store. */
import { sha256 } from "../../lib/dag/digest.ts";
import { CorruptObject, StoreError } from "../../lib/dag/errors.ts";
import type { Presence } from "../../lib/dag/objects.ts";
import type { Store } from "../../lib/dag/store.ts";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { bytes, overwrite, withStore } from "./store_fixture.ts";

Deno.test("putObject() keeps content read-only under its digest, and writes it once", () =>
  withStore((store) => {
    const digest = store.putObject(bytes("abc"));
    assertEquals(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const path = store.objectPath(digest);
    assertEquals(path, `${store.root}/objects/ba/${digest.slice(2)}`);
    const { mode, ino } = Deno.statSync(path);
    assertEquals(mode! & 0o777, 0o444);
    assertEquals(store.readObject(digest), bytes("abc"));
    assertEquals(store.putObject(bytes("abc")), digest);
    assertEquals(Deno.statSync(path).ino, ino);
    assertEquals(temporaries(store), []);
  }));

Deno.test("putObject() replaces an object that is corrupt", () =>
  withStore((store) => {
    const digest = store.putObject(bytes("abc"));
    overwrite(store, digest, bytes("abd"));
    assertEquals(store.putObject(bytes("abc")), digest);
    assertEquals(store.readObject(digest), bytes("abc"));
    assertEquals(quarantined(store).length, 1);
  }));

Deno.test("putArtifact() and adoptArtifact() keep the same parts as the same artifact", () =>
  withStore((store) => {
    const large = new Uint8Array(3 * 1024 * 1024).map((_, index) => index);
    const put = store.putArtifact("dataset", { "a.json": bytes("{}"), "b.bin": large });
    const folder = store.temporary("out");
    Deno.writeFileSync(`${folder}/b.bin`, large);
    Deno.writeFileSync(`${folder}/a.json`, bytes("{}"));
    assertEquals(store.adoptArtifact("dataset", folder), put);
    assertEquals(store.readParts(put), { "a.json": bytes("{}"), "b.bin": large });
    assertEquals(put.parts["b.bin"], { digest: sha256(large), size: large.byteLength });
    assertThrows(() => Deno.statSync(folder), Deno.errors.NotFound);
    assertNotEquals(
      store.putArtifact("table", { "a.json": bytes("{}"), "b.bin": large }).digest,
      put.digest,
    );
  }));

Deno.test("adoptArtifact() takes a file without copying it", () =>
  withStore((store) => {
    const folder = store.temporary("out");
    Deno.writeFileSync(`${folder}/part`, bytes("content"));
    const { ino } = Deno.statSync(`${folder}/part`);
    const { digest } = store.adoptArtifact("text", folder).parts["part"]!;
    const stat = Deno.statSync(store.objectPath(digest));
    assertEquals([stat.ino, stat.mode! & 0o777], [ino, 0o444]);
  }));

Deno.test("adoptArtifact() refuses folders and links", () =>
  withStore((store) => {
    for (const make of [Deno.mkdirSync, (path: string) => Deno.symlinkSync("/etc/passwd", path)]) {
      const folder = store.temporary("out");
      make(`${folder}/part`);
      assertThrows(() => store.adoptArtifact("text", folder), StoreError, "it is not a plain file");
    }
  }));

const HARMS: readonly (readonly [
  harm: string,
  hurt: (store: Store, digest: string) => void,
  presence: Presence,
  read: "whole" | "refused",
])[] = [
  ["nothing", () => {}, "present", "whole"],
  ["another date", (store, digest) => Deno.utimeSync(store.objectPath(digest), 1, 1), "present", "whole"],
  [
    "a hard link",
    (store, digest) => Deno.linkSync(store.objectPath(digest), `${store.root}/link`),
    "present",
    "whole",
  ],
  ["removal", (store, digest) => Deno.removeSync(store.objectPath(digest)), "missing", "refused"],
  ["one byte less", (store, digest) => overwrite(store, digest, bytes("conten")), "corrupt", "refused"],
  ["one byte more", (store, digest) => overwrite(store, digest, bytes("content!")), "corrupt", "refused"],
  ["no bytes", (store, digest) => overwrite(store, digest, bytes("")), "corrupt", "refused"],
  ["another byte", (store, digest) => overwrite(store, digest, bytes("c0ntent")), "corrupt", "refused"],
  // Only reading can notice this one: the disk itself has changed a byte.
  [
    "bit rot",
    (store, digest) => {
      const { atime, mtime } = Deno.statSync(store.objectPath(digest));
      overwrite(store, digest, bytes("c0ntent"));
      Deno.utimeSync(store.objectPath(digest), atime!, mtime!);
    },
    "present",
    "refused",
  ],
];

for (const [harm, hurt, presence, read] of HARMS) {
  Deno.test(`after ${harm}, presence() says ${presence} and reading is ${read}`, () =>
    withStore((store) => {
      const artifact = store.putArtifact("text", { part: bytes("content"), other: bytes("other") });
      const { digest } = artifact.parts["part"]!;
      hurt(store, digest);
      assertEquals(store.presence(artifact), presence);
      for (const look of [store.readObject, store.checkObject]) {
        if (read === "whole") look(digest);
        else assertThrows(() => look(digest), CorruptObject, digest.slice(0, 12));
      }
      // What was found bad is out of the way, kept for people, and the same content can be kept again.
      assertEquals(quarantined(store).length, read === "refused" && harm !== "removal" ? 1 : 0);
      assertEquals(store.presence(artifact), read === "refused" ? "missing" : "present");
      if (read === "whole") assertEquals(+Deno.statSync(store.objectPath(digest)).mtime!, 1_000_000_000_000);
      assertEquals(store.putArtifact("text", { part: bytes("content"), other: bytes("other") }), artifact);
      assertEquals(store.presence(artifact), "present");
    }));
}

Deno.test("presence() of many parts is the worst of theirs", () =>
  withStore((store) => {
    const artifact = store.putArtifact("text", { a: bytes("a"), b: bytes("b"), c: bytes("c") });
    Deno.removeSync(store.objectPath(artifact.parts["a"]!.digest));
    assertEquals(store.presence(artifact), "missing");
    overwrite(store, artifact.parts["c"]!.digest, bytes("d"));
    assertEquals(store.presence(artifact), "corrupt");
  }));

function quarantined(store: Store): readonly string[] {
  return [...Deno.readDirSync(`${store.root}/quarantine`)].map((entry) => entry.name);
}

function temporaryFolders(store: Store): readonly string[] {
  return [...Deno.readDirSync(`${store.root}/tmp`)].map((entry) => entry.name);
}

/** What lies in the temporary folders of living processes. */
function temporaries(store: Store): readonly string[] {
  return temporaryFolders(store).flatMap((folder) =>
    [...Deno.readDirSync(`${store.root}/tmp/${folder}`)].map((entry) => entry.name)
  );
}
