/**
 * A process's stay in a store: its temporary folder, and who else is there.
 *
 * Every process holds a lock of its own while it has the store open. What lies under the name of a lock that can be
 * taken belongs to nobody any more; process ids, which are used again and differ between machines, decide nothing.
 *
 * @module
 */
import { discard, namesIn, onDisk } from "./disk.ts";
import { StoreError } from "./errors.ts";
import { locksIn, tryLock } from "./lock.ts";

/** A process's stay in a store. */
export interface Stay {
  /** A new name under this process's temporary folder. */
  readonly temporary: (prefix: string) => string;
  /** Works while no other process opens or replaces the index. */
  readonly withIndex: <A>(work: () => A) => A;
  /** Works while no other process has the store open; throws a `StoreError` when one has. */
  readonly exclusively: <A>(work: () => A) => A;
  /** Ends the stay. */
  readonly leave: () => void;
}

/** The lock that every process shares while it has the store open. */
const OPEN = "store";
/** The lock under which the index is opened or replaced. */
const INDEX = "index";

/** Begins a stay, and sweeps away what dead processes left: temporary folders and the files of locks. */
export function enter(root: string): Stay {
  const self = `process-${Deno.pid}-${crypto.randomUUID().slice(0, 8)}`;
  const folder = `${root}/tmp/${self}`;
  return onDisk("use", root, () => {
    const open = openLock(root, OPEN);
    open.lockSync(false);
    const alive = tryLock(root, self)!;
    sweep(root);
    Deno.mkdirSync(folder);

    let count = 0;
    return {
      temporary: (prefix) => `${folder}/${prefix}-${count++}`,
      withIndex: (work) => {
        const index = openLock(root, INDEX);
        try {
          index.lockSync(true);
          return work();
        } finally {
          index.close();
        }
      },
      exclusively: (work) => {
        open.unlockSync();
        try {
          if (open.tryLockSync(true)) return work();
        } finally {
          open.lockSync(false);
        }
        throw new StoreError({
          path: root,
          message: `${root} is in use by another process (${others(root, self).join(", ")})`,
          remedy: "wait until it has ended, or end it, and run again",
        });
      },
      leave: () => {
        discard(folder);
        alive.release();
        open.close();
      },
    };
  });
}

function sweep(root: string): void {
  for (const process of namesIn(`${root}/tmp`)) {
    const dead = tryLock(root, process);
    if (dead === undefined) continue;
    discard(`${root}/tmp/${process}`);
    dead.release();
  }
  for (const name of namesIn(locksIn(root))) {
    if (name !== OPEN && name !== INDEX) tryLock(root, name)?.release();
  }
}

/** The ids of the other processes that have the store open. */
function others(root: string, self: string): readonly string[] {
  return namesIn(locksIn(root))
    .filter((name) => name.startsWith("process-") && name !== self)
    .map((name) => name.split("-")[1]!);
}

/** Opens the file of a lock that is never unlinked. */
function openLock(root: string, name: string): Deno.FsFile {
  return Deno.openSync(`${locksIn(root)}/${name}`, { read: true, write: true, create: true });
}
