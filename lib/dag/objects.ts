/**
 * Objects: immutable content under the name of its digest.
 *
 * Content is written under a temporary name and renamed, so an object is whole or absent. Only large ones are flushed
 * first; a power cut may therefore leave a small one empty, which every reader notices: content is always checked
 * against its name, and an object that fails is moved to `quarantine/` and made again.
 *
 * Content that was found to be what its name says is dated {@linkcode INTACT}. Whoever writes to the file changes the
 * date, so that a look at it tells whether the content must be read again. The date travels with a copied store and
 * needs no index.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { sha256 } from "./digest.ts";
import { discard, flush, isAbsent, moveInto, namesIn, onDisk, statOf, writeWhole } from "./disk.ts";
import { CorruptObject } from "./errors.ts";

/** Whether an object is there and intact. */
export type Presence = "present" | "missing" | "corrupt";

/** A store's objects. */
export interface Objects {
  /** Where an object lies. */
  path(digest: string): string;
  /** Keeps content; writes nothing when it is there already. */
  put(content: Uint8Array): string;
  /** Takes a file on the same file system as an object, without copying it. */
  adopt(file: string): { readonly digest: string; readonly size: number };
  /**
   * Looks at an object's size and date, and reads it only when the date says that it may have changed. Moves nothing, so
   * that whoever looks next finds the same.
   */
  presence(digest: string, size: number): Presence;
  /** Reads an object. */
  read(digest: string): Uint8Array;
  /** Checks an object's content without keeping it. */
  check(digest: string): void;
  /** Whether an object's content is what its name says; false when it is missing too. Moves nothing. */
  isIntact(digest: string): boolean;
  /** Moves an object to `quarantine/`. */
  setAside(digest: string): void;
  /** Removes an object. */
  remove(digest: string): void;
  /** All objects. */
  all(): Generator<{ readonly digest: string; readonly size: number }>;
}

/** Objects are read-only: nothing but a fault changes one. */
const MODE = 0o444;

/** The date of content that is what its name says: a round number of seconds, which every file system can hold. */
const INTACT = new Date(1_000_000_000_000);

/** The largest piece that is held while a file is hashed. */
const PIECE_BYTES = 1024 * 1024;

/**
 * Opens the objects of a store.
 *
 * @param root The store's folder.
 * @param temporary Gives a new name on the same file system.
 */
export function openObjects(root: string, temporary: () => string): Objects {
  const folder = `${root}/objects`;
  const path = (digest: string) => `${folder}/${digest.slice(0, 2)}/${digest.slice(2)}`;

  function presence(digest: string, size: number): Presence {
    return onDisk("read", path(digest), () => {
      const stat = statOf(path(digest));
      if (stat === undefined) return "missing";
      if (stat.size !== size) return "corrupt";
      if (isDatedIntact(stat)) return "present";
      if (hashFile(path(digest)) !== digest) return "corrupt";
      dateIntact(path(digest));
      return "present";
    });
  }

  /** Whether an object must be written. A corrupt one is moved aside for the new one. */
  function isWanted(digest: string, size: number): boolean {
    const found = presence(digest, size);
    if (found === "corrupt") setAside(digest);
    return found !== "present";
  }

  function check(digest: string): void {
    verify(digest, () => ({ found: hashFile(path(digest)), content: undefined }));
  }

  function read(digest: string): Uint8Array {
    return verify(digest, () => {
      const content = Deno.readFileSync(path(digest));
      return { found: sha256(content), content };
    });
  }

  function verify<A>(digest: string, look: () => { readonly found: string; readonly content: A }): A {
    return onDisk("read", path(digest), () => {
      const stat = statOf(path(digest));
      if (stat === undefined) throw corrupt(digest, "is missing");
      const { found, content } = look();
      if (found !== digest) {
        setAside(digest);
        throw corrupt(digest, `does not hold what its name says (its content hashes to ${short(found)})`);
      }
      if (!isDatedIntact(stat)) dateIntact(path(digest));
      return content;
    });
  }

  function setAside(digest: string): void {
    quarantine(root, path(digest), digest);
  }

  return {
    path,
    presence,
    check,
    read,
    put: (content) => {
      const digest = sha256(content);
      if (isWanted(digest, content.byteLength)) {
        writeWhole(temporary(), path(digest), content, MODE, INTACT);
      }
      return digest;
    },
    adopt: (source) =>
      onDisk("take", source, () => {
        const file = Deno.openSync(source);
        try {
          const digest = hash(file);
          const { size } = file.statSync();
          if (isWanted(digest, size)) {
            flush(file, size);
            Deno.chmodSync(source, MODE);
            Deno.utimeSync(source, INTACT, INTACT);
            moveInto(source, path(digest));
          }
          return { digest, size };
        } finally {
          file.close();
        }
      }),
    isIntact: (digest) =>
      onDisk(
        "read",
        path(digest),
        () => statOf(path(digest)) !== undefined && hashFile(path(digest)) === digest,
      ),
    setAside,
    remove: (digest) => onDisk("remove", path(digest), () => discard(path(digest))),
    *all() {
      for (const prefix of namesIn(folder)) {
        for (const rest of namesIn(`${folder}/${prefix}`)) {
          const stat = statOf(`${folder}/${prefix}/${rest}`);
          if (stat?.isFile) yield { digest: prefix + rest, size: stat.size };
        }
      }
    },
  };
}

/** Moves a bad file out of the way, for people to look at; it may have gone already. */
export function quarantine(root: string, path: string, name: string): void {
  onDisk("move aside", path, () => {
    try {
      moveInto(path, `${root}/quarantine/${name}-${crypto.randomUUID().slice(0, 8)}`);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  });
}

function hashFile(path: string): string {
  const file = Deno.openSync(path);
  try {
    return hash(file);
  } finally {
    file.close();
  }
}

/** The SHA-256 of an open file's content, read piece by piece. */
function hash(file: Deno.FsFile): string {
  const sum = createHash("sha256");
  const piece = new Uint8Array(PIECE_BYTES);
  for (let count = file.readSync(piece); count !== null; count = file.readSync(piece)) {
    sum.update(piece.subarray(0, count));
  }
  return sum.digest("hex");
}

function isDatedIntact(stat: Deno.FileInfo): boolean {
  return stat.mtime?.getTime() === INTACT.getTime();
}

/** Only a file's owner can date it; for others it is read again at every look. */
function dateIntact(path: string): void {
  try {
    Deno.utimeSync(path, INTACT, INTACT);
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied) && !isAbsent(error)) throw error;
  }
}

function corrupt(digest: string, what: string): CorruptObject {
  return new CorruptObject({
    digest,
    message: `object ${short(digest)} ${what}; run again, and the node that made it runs again`,
  });
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
