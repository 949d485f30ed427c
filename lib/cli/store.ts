/**
 * `store verify` and `store gc`.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import type { StoreError } from "../dag/errors.ts";
import { collect } from "../dag/gc.ts";
import { type Verification, verify } from "../dag/verify.ts";
import { count, formatBytes } from "../report/number.ts";
import type { CollectInput, VerifyInput } from "./commands/store.ts";
import { Unsuccessful } from "./errors.ts";
import { screenOf } from "./paint.ts";
import { scopedStore } from "./scoped_store.ts";

const SECONDS_A_DAY = 86_400;
const BYTES_A_GIGABYTE = 1e9;

/** Checks the store; fails as unsuccessful when something is wrong and was not repaired. */
export const storeVerify = Effect.fn("storeVerify")(function* (input: VerifyInput) {
  const store = yield* scopedStore(input.store);
  const found = yield* attempt(() => verify(store, { repair: input.repair }));
  const { paint } = screenOf("stdout");
  const faults = faultLines(found);
  if (input.json) {
    yield* Console.log(JSON.stringify(found, null, 2));
  } else {
    const { objects, bytes, nodes, runs } = found.checked;
    yield* Console.log(
      `Checked ${count(objects, "object")} (${formatBytes(bytes)}), ${count(nodes, "node")} and ${
        count(runs, "run")
      }.`,
    );
    for (const line of faults) yield* Console.log(paint.red(`✗ ${line}`));
    if (found.orphaned.length > 0) {
      yield* Console.log(
        `${count(found.orphaned.length, "object")} without a record; deno task store gc frees such.`,
      );
    }
    if (faults.length === 0) yield* Console.log(paint.green("✓ All is as it was written."));
    else if (input.repair) yield* Console.log("Repaired: the next run makes again what is gone.");
    else {yield* Console.log(
        "deno task store verify --repair moves it aside, and the next run makes it again.",
      );}
  }
  if (faults.length > 0 && !input.repair) return yield* new Unsuccessful();
}, Effect.scoped);

/** Frees space. */
export const storeCollect = Effect.fn("storeCollect")(function* (input: CollectInput) {
  const store = yield* scopedStore(input.store);
  const found = yield* attempt(() =>
    collect(store, {
      dryRun: input.dryRun,
      ...Option.match(input.olderThan, {
        onNone: () => ({}),
        onSome: (days) => ({ olderThan: days * SECONDS_A_DAY }),
      }),
      ...Option.match(input.keep, {
        onNone: () => ({}),
        onSome: (gigabytes) => ({ keepBytes: gigabytes * BYTES_A_GIGABYTE }),
      }),
    })
  );
  if (input.json) return yield* Console.log(JSON.stringify(found, null, 2));
  const { freed, kept, nodes } = found;
  const verb = input.dryRun ? "Would free" : "Freed";
  yield* Console.log(`${verb} ${count(freed.objects, "object")}, ${formatBytes(freed.bytes)}.`);
  yield* Console.log(`${count(kept.objects, "object")} stay, ${formatBytes(kept.bytes)}.`);
  if (nodes.length > 0) {
    yield* Console.log(
      `${count(nodes.length, "node")} keep their lineage and are made again when they are wanted.`,
    );
  }
}, Effect.scoped);

function faultLines({ corrupt, missing, damaged, misindexed }: Verification): readonly string[] {
  return [
    ...corrupt.map(({ digest }) =>
      `object ${digest.slice(0, 12)} is corrupt: its content is not what its name says`
    ),
    ...missing.map(({ digest }) => `object ${digest.slice(0, 12)} is missing`),
    ...damaged.map(({ folder, name }) => `record ${folder}/${name.slice(0, 24)} is damaged`),
    ...misindexed.map((key) => `the index disagrees with the record of node ${key.slice(0, 12)}`),
  ];
}

function attempt<A>(work: () => A): Effect.Effect<A, StoreError> {
  return Effect.try({ try: work, catch: (error) => error as StoreError });
}
