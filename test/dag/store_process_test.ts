/** The store under several processes, and under kills. */
import { StoreError } from "../../lib/dag/errors.ts";
import { openStore, type Store } from "../../lib/dag/store.ts";
import { verify } from "../../lib/dag/verify.ts";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { child, digestOf, kill, makeNode, untilReady, withFolder, withStore } from "./store_fixture.ts";

Deno.test("two processes make overlapping nodes in a new store at once", () =>
  withFolder(async (root) => {
    const writers = [child("write", root, 0, 200), child("write", root, 100, 300)];
    for (const writer of writers) {
      assert((await writer.status).success);
      await writer.stdout.cancel();
    }
    const store = openStore(root);
    assertEquals(store.ledger.keys().length, 300);
    assertClean(store);
    store.close();
  }));

Deno.test("after a kill at any moment, each node is whole or absent", () =>
  withFolder(async (root) => {
    let most = 0;
    for (let round = 0; round < 20; round++) {
      const writer = child("write", root, 0, 100_000);
      await untilReady(writer);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
      await kill(writer);
      const store = openStore(root);
      for (let name = 0; name <= most + 1; name++) {
        const node = store.readNode(digestOf(`key ${name}`));
        if (node !== undefined) store.readParts(node.output);
      }
      most = store.ledger.keys().length;
      assertEquals(
        [...Deno.readDirSync(`${root}/tmp`)].length,
        1,
        "what the killed process left is swept away",
      );
      assertClean(store);
      store.close();
    }
    assert(most > 0);
  }));

const LOSSES: readonly (readonly [loss: string, lose: (index: string) => void])[] = [
  ["the index is deleted", (index) => Deno.removeSync(index)],
  ["all files of the index are deleted", (index) => {
    for (const suffix of ["", "-wal", "-shm"]) Deno.removeSync(index + suffix);
  }],
  ["the index is overwritten", (index) => Deno.writeTextFileSync(index, "no database ".repeat(1000))],
  ["the index is emptied", (index) => Deno.truncateSync(index)],
];

for (const [loss, lose] of LOSSES) {
  Deno.test(`when ${loss} while two have the store open, no node is lost`, () =>
    withStore((first) => {
      const second = openStore(first.root);
      const nodes = [makeNode(first, { name: 1 }), makeNode(second, { name: 2 })];
      lose(`${first.root}/index.sqlite`);
      const third = openStore(first.root);
      const stores = [first, second, third];
      for (let name = 10; name < 100; name++) nodes.push(makeNode(stores[name % 3]!, { name }));
      for (const store of stores) {
        for (const node of nodes) assertEquals(store.readNode(node.key), node);
      }
      second.close();
      third.close();
      const fourth = openStore(first.root);
      assertEquals(fourth.ledger.keys().length, nodes.length);
      assertClean(fourth);
      fourth.close();
    }));
}

Deno.test("exclusively() works alone, and refuses while another process is there", () =>
  withStore(async (store) => {
    assertEquals(store.exclusively(() => 1), 1);
    const stays = child("stay", store.root);
    await untilReady(stays);
    assertThrows(
      () => store.exclusively(() => 1),
      StoreError,
      `${store.root} is in use by another process (${stays.pid})`,
    );
    await kill(stays);
    assertEquals(store.exclusively(() => 2), 2);
    assertThrows(
      () =>
        store.exclusively(() => {
          throw new RangeError("mine");
        }),
      RangeError,
      "mine",
    );
    // The store is shared again afterwards.
    openStore(store.root).close();
  }));

function assertClean(store: Store): void {
  const { corrupt, missing, damaged, misindexed } = verify(store);
  assertEquals({ corrupt, missing, damaged, misindexed }, {
    corrupt: [],
    missing: [],
    damaged: [],
    misindexed: [],
  });
}
