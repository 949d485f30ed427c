/** Folders of the store: scratch and temporary ones, and folders that are no store. */
import { StoreError } from "../../lib/dag/errors.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { child, kill, untilReady, withFolder, withStore } from "./store_fixture.ts";

Deno.test("scratch() gives one folder a key, which outlives the process and goes on demand", () =>
  withFolder((root) => {
    const store = openStore(root);
    const folder = store.scratch("key");
    Deno.writeTextFileSync(`${folder}/step`, "7");
    store.close();
    const again = openStore(root);
    assertEquals(Deno.readTextFileSync(`${again.scratch("key")}/step`), "7");
    again.clearScratch("key");
    again.clearScratch("key");
    assertEquals([...Deno.readDirSync(again.scratch("key"))], []);
    again.close();
  }));

Deno.test("temporary folders of the living stay, those of the dead are swept", () =>
  withStore(async (store) => {
    const own = store.temporary("mine");
    const stays = child("stay", store.root);
    await untilReady(stays);
    assertEquals(temporaryFolders(store).length, 2);
    openStore(store.root).close();
    assertEquals(temporaryFolders(store).length, 2);
    await kill(stays);
    openStore(store.root).close();
    assertEquals(temporaryFolders(store).length, 1);
    assert(Deno.statSync(own).isDirectory);
  }));

Deno.test("two stores in one process do not take each other's temporary folders", () =>
  withStore((store) => {
    const folder = store.temporary("mine");
    openStore(store.root).close();
    assert(Deno.statSync(folder).isDirectory);
  }));

const STRANGE: readonly (readonly [what: string, make: (root: string) => void, message: string])[] = [
  [
    "a newer store",
    (root) => Deno.writeTextFileSync(`${root}/store.json`, `{"version":2}`),
    "written by a newer version of Assay: its format is 2",
  ],
  ["a damaged store", (root) => Deno.writeTextFileSync(`${root}/store.json`, `{"ver`), "is damaged"],
  ["a store of no version", (root) => Deno.writeTextFileSync(`${root}/store.json`, `{}`), "is damaged"],
  [
    "another folder",
    (root) => Deno.writeTextFileSync(`${root}/thesis.tex`, ""),
    "is not a store: it holds thesis.tex",
  ],
  [
    "a file in the way",
    (root) => {
      Deno.writeTextFileSync(`${root}/store.json`, `{"version":1}`);
      Deno.writeTextFileSync(`${root}/objects`, "");
    },
    "a file stands where a folder should be",
  ],
];

for (const [what, make, message] of STRANGE) {
  Deno.test(`openStore() refuses ${what}, and leaves it as it was`, () =>
    withFolder((root) => {
      make(root);
      const before = [...Deno.readDirSync(root)].map((entry) => entry.name).sort();
      const error = assertThrows(() => openStore(root), StoreError, message);
      assert(error.remedy.length > 0);
      assertEquals([...Deno.readDirSync(root)].map((entry) => entry.name).sort(), before);
    }));
}

Deno.test("openStore() takes a folder that holds only a README and dot files", () =>
  withFolder((root) => {
    Deno.writeTextFileSync(`${root}/README.md`, "");
    Deno.writeTextFileSync(`${root}/.gitignore`, "");
    openStore(root).close();
    assertEquals(JSON.parse(Deno.readTextFileSync(`${root}/store.json`)), { version: 1 });
  }));

function temporaryFolders(store: Store): readonly string[] {
  return [...Deno.readDirSync(`${store.root}/tmp`)].map((entry) => entry.name);
}
