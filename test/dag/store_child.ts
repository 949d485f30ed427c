/**
 * Another process, for the tests of the store: `store_child.ts <work> <store> …`.
 *
 * - `write <store> <from> <to>`: makes the nodes numbered from `from` up to `to`, telling on stdout when it begins.
 * - `hold <store> <lock>`: takes a lock and keeps it.
 * - `count <store> <file> <times>`: adds one to the number in a file, so many times, each under a lock.
 * - `stay <store>`: opens the store, makes a temporary folder, and stays.
 */
import * as Effect from "effect/Effect";
import { tryLock, withLock } from "../../lib/dag/lock.ts";
import { openStore } from "../../lib/dag/store.ts";
import { makeNode } from "./store_fixture.ts";

const [work, root, ...rest] = Deno.args as [string, string, ...string[]];

const WORKS: Readonly<Record<string, () => void | Promise<void>>> = {
  write: () => {
    const [from, to] = rest.map(Number) as [number, number];
    const store = openStore(root);
    console.log("ready");
    for (let name = from; name < to; name++) makeNode(store, { name }, `content ${name} `.repeat(40));
    store.close();
  },
  hold: () => {
    if (tryLock(root, rest[0]!) === undefined) Deno.exit(1);
    console.log("ready");
    setInterval(() => {}, 1000);
  },
  count: async () => {
    const [file, times] = [rest[0]!, Number(rest[1])];
    const add = Effect.promise(async () => {
      const number = Number(await Deno.readTextFile(file));
      await Deno.writeTextFile(file, String(number + 1));
    });
    for (let time = 0; time < times; time++) {
      await Effect.runPromise(withLock(root, "counter", () => {})(add));
    }
  },
  stay: () => {
    openStore(root).temporary("stays");
    console.log("ready");
    setInterval(() => {}, 1000);
  },
};

await WORKS[work]!();
