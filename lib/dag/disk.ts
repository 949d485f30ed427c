/**
 * The disk: whole-file writes, and its refusals in words.
 *
 * @module
 */
import { existsSync } from "node:fs";
import { StoreError } from "./errors.ts";

/**
 * Content of this size and more is flushed to the disk before it gets its name. A flush costs more than everything
 * else about a small file; a small file that a power cut shortens is noticed when it is read, and made again.
 */
const FLUSH_BYTES = 64 * 1024;

/**
 * Works on files; what the system refuses comes out as one sentence.
 *
 * @param path What is worked on, for the message.
 * @param doing What is done to it: `write`, `read`, …
 * @throws {StoreError} Instead of the system's error; other errors pass.
 */
export function onDisk<A>(doing: string, path: string, work: () => A): A {
  try {
    return work();
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    const [what, remedy] = REFUSALS[code] ?? [(error as Error).message, "look at the disk and its mount"];
    throw new StoreError({ path, message: `cannot ${doing} ${path}: ${what}`, remedy });
  }
}

/**
 * Writes a file that is either whole or absent: under a temporary name first, then renamed.
 *
 * @param temporary A name on the same file system that nobody else uses.
 * @param mode The file's permission bits.
 * @param date The date it is given.
 * @throws {StoreError} When the disk refuses; the temporary file is gone by then.
 */
export function writeWhole(
  temporary: string,
  path: string,
  content: Uint8Array,
  mode: number,
  date?: Date,
): void {
  onDisk("write", path, () => {
    try {
      const file = Deno.openSync(temporary, { write: true, createNew: true, mode });
      try {
        for (let written = 0; written < content.byteLength;) {
          written += file.writeSync(content.subarray(written));
        }
        if (date !== undefined) file.utimeSync(date, date);
        flush(file, content.byteLength);
      } finally {
        file.close();
      }
      moveInto(temporary, path);
    } catch (error) {
      discard(temporary);
      throw error;
    }
  });
}

/** Flushes a file's content to the disk, if it is large enough to be worth it. */
export function flush(file: Deno.FsFile, size: number): void {
  if (size >= FLUSH_BYTES) file.syncDataSync();
}

/** Renames a file, making the folder it goes to. */
export function moveInto(from: string, to: string): void {
  try {
    Deno.renameSync(from, to);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    Deno.mkdirSync(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    Deno.renameSync(from, to);
  }
}

// What may be absent is asked for first: an error with its stack costs more than all else about a small file. It may
// still vanish in between.

/** Removes a file or a folder with all that is in it; one that is gone already is fine. */
export function discard(path: string): void {
  if (!existsSync(path)) return;
  try {
    Deno.removeSync(path, { recursive: true });
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/** A file's state, or undefined when there is none. */
export function statOf(path: string): Deno.FileInfo | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** A file's text, or undefined when there is none. */
export function readIfThere(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** The names in a folder, sorted; none when the folder is absent. */
export function namesIn(folder: string): readonly string[] {
  try {
    return Array.from(Deno.readDirSync(folder), (entry) => entry.name).sort();
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Whether an error says that a file is not there. */
export function isAbsent(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound;
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string") return error.code;
  return Object.values(Deno.errors).some((known) => error instanceof known) ? error.name : undefined;
}

const REFUSALS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOSPC: ["the disk is full", "free some space, for example with `deno task store gc`, and run again"],
  EDQUOT: ["the disk quota is used up", "free some space, for example with `deno task store gc`"],
  EROFS: ["the file system is read-only", "mount it writable, or keep the store in another folder"],
  EACCES: ["permission denied", "make the folder writable for yourself, or keep the store in another one"],
  EPERM: ["not permitted", "make the folder writable for yourself, or keep the store in another one"],
  EMFILE: ["too many files are open", "raise the limit (`ulimit -n`), or run with fewer `--jobs`"],
  ENFILE: ["too many files are open", "close other programs, or run with fewer `--jobs`"],
  ENOENT: ["it is not there", "run again; what is missing is made again"],
  ENOTDIR: ["a file stands where a folder should be", "move that file away"],
  EEXIST: ["a file stands where a folder should be", "move that file away"],
  EISDIR: ["a folder stands where a file should be", "move that folder away"],
  EIO: ["the disk reports a read or write error", "check the disk, then run `deno task store verify`"],
};
