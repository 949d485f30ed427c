/** The store on disks that refuse: full, read-only, or somebody else's. */
import { StoreError } from "../../lib/dag/errors.ts";
import { collect } from "../../lib/dag/gc.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { bytes, makeNode, nodeRecord, withFolder } from "./store_fixture.ts";

/** Small disks can be made where the tests run as root and may mount. */
const canMount = Deno.build.os === "linux" && Deno.uid() === 0 && await mayMount();

Deno.test({
  name: "putArtifact() on a disk that is too small says so and leaves nothing",
  ignore: !canMount,
  fn: () =>
    withDisk(1024, (root) => {
      const store = openStore(root);
      const error = assertThrows(
        () => store.putArtifact("text", { part: new Uint8Array(2 * 1024 * 1024) }),
        StoreError,
        "the disk is full",
      );
      assert(error.remedy.includes("store gc"));
      assertEquals([...store.objects.all()], []);
      assertEquals(temporaries(store), []);
      // What fits still goes.
      assertEquals(store.readNode(makeNode(store, { name: "a" }).key)?.task, "add");
      store.close();
    }),
});

Deno.test({
  name: "writeNode() on a full disk publishes nothing, and the store still opens, reads and collects",
  ignore: !canMount,
  fn: () =>
    withDisk(2048, (root) => {
      const store = openStore(root);
      const whole = makeNode(store, { name: "whole" });
      const orphan = store.putObject(new Uint8Array(256 * 1024));
      const output = store.putArtifact("text", { part: bytes("content") });
      fillUp(root);
      const record = nodeRecord(store, { name: "half" }, output);
      assertThrows(() => store.writeNode(record), StoreError, "the disk is full");
      assertEquals(store.readNode(record.key), undefined);
      store.close();

      Deno.removeSync(`${root}/index.sqlite`);
      fillUp(root);
      const again = openStore(root);
      assertEquals(again.readNode(record.key), undefined);
      assertEquals(again.readNode(whole.key), whole);
      assertEquals(again.readParts(whole.output), { "text.txt": bytes("content whole") });
      assertEquals(again.ledger.executionsOfTask("add"), [whole]);
      collect(again);
      assertEquals([...again.objects.all()].some(({ digest }) => digest === orphan), false);
      again.writeNode(record);
      assertEquals(again.readNode(record.key), record);
      again.close();
    }),
});

Deno.test({
  name: "openStore() refuses a read-only disk, whether a store is on it or not",
  ignore: !canMount,
  fn: () =>
    withDisk(2048, async (root) => {
      openStore(`${root}/store`).close();
      await run("mount", "-o", "remount,ro", root);
      for (const folder of ["store", "new"]) {
        const error = assertThrows(
          () => openStore(`${root}/${folder}`),
          StoreError,
          "the file system is read-only",
        );
        assert(error.remedy.length > 0);
      }
    }),
});

Deno.test({
  name: "openStore() refuses a folder without the right to write",
  ignore: Deno.build.os === "windows" || Deno.uid() === 0,
  fn: () =>
    withFolder((root) => {
      Deno.chmodSync(root, 0o555);
      assertThrows(() => openStore(`${root}/store`), StoreError, "permission denied");
    }),
});

async function withDisk(kib: number, work: (root: string) => void | Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await run("mount", "-t", "tmpfs", "-o", `size=${kib}k`, "tmpfs", folder);
    try {
      await work(folder);
    } finally {
      await run("umount", "--lazy", folder);
    }
  });
}

async function mayMount(): Promise<boolean> {
  try {
    await withDisk(64, () => {});
    return true;
  } catch {
    return false;
  }
}

async function run(command: string, ...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args: [...args] }).output();
  assert(success, new TextDecoder().decode(stderr));
}

/** Writes until not one byte more fits. */
function fillUp(root: string): void {
  const file = Deno.openSync(`${root}/.filler`, { create: true, append: true });
  try {
    while (true) file.writeSync(new Uint8Array(4096));
  } catch (error) {
    assert(String(error).includes("No space left"));
  } finally {
    file.close();
  }
}

function temporaries(store: Store): readonly string[] {
  return [...Deno.readDirSync(`${store.root}/tmp`)].flatMap((folder) =>
    [...Deno.readDirSync(`${store.root}/tmp/${folder.name}`)].map((entry) => entry.name)
  );
}
