/**
 * Data that nobody may pass on: each user brings a copy.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Capability, CapabilityError } from "../../dag/capability.ts";
import { recordHash } from "../../dag/digest.ts";
import { join } from "../../dag/path.ts";
import { ownData } from "./folder.ts";

/** What a user must bring. */
export interface OwnCopy {
  /** The capability's name. */
  readonly name: string;
  /** The folder inside `ASSAY_DATA`. The capability's name unless given. */
  readonly folder?: string;
  /** What it is, in one line. */
  readonly about: string;
  /** The data's true name. */
  readonly title: string;
  /** The folders or files that it consists of. */
  readonly parts: readonly string[];
  /**
   * Set for tasks that look at which files there are: the dates of the parts, and of the folders in them, are then part
   * of the key. A folder's changes when files come, go or are renamed.
   */
  readonly dated?: true;
  /** Where a user gets it, and how it must lie. */
  readonly remedy: string;
}

/**
 * Makes a capability of data that lies in a folder of the user's. It is read where it lies, and trusted to be what its
 * owner says: to hash hundreds of gigabytes at each use would take longer than to read them.
 */
export function ownCopy(
  { name, folder: inside = name, about, title, parts, dated, remedy }: OwnCopy,
): Capability {
  const find = Effect.suspend(() => {
    const own = ownData();
    const folder = own === undefined ? undefined : join(own, inside);
    const lacking = parts.filter((part) => folder === undefined || !exists(join(folder, part)));
    if (folder !== undefined && lacking.length === 0) return Effect.succeed(folder);
    const where = folder === undefined
      ? "and ASSAY_DATA is not set"
      : `and ${folder} lacks ${lacking.join(", ")}`;
    const message = `${title} may not be passed on, ${where}.`;
    return Effect.fail(new CapabilityError({ capability: name, message, remedy }));
  });
  return {
    name,
    about,
    identity: () => {
      const own = dated === true ? ownData() : undefined;
      return { data: title, ...(own === undefined ? {} : { dates: datesOf(join(own, inside), parts) }) };
    },
    check: Effect.map(find, (folder) => ({ ready: true, detail: `${title} is at hand in ${folder}` })),
    prepare: () =>
      Effect.map(find, (folder) => ({
        value: { folder, files: parts, name: title },
        access: { read: [folder] },
      })),
  };
}

/** The hash of when the parts and the folders in them last changed; nothing where there are none. */
function datesOf(folder: string, parts: readonly string[]): string {
  const dates = parts.flatMap((part) => {
    const path = join(folder, part);
    if (!exists(path)) return [];
    const { isFile, mtime } = Deno.statSync(path);
    if (isFile) return [[part, mtime?.getTime() ?? 0]];
    const folders = [...Deno.readDirSync(path)].filter(({ isFile }) => !isFile).map(({ name }) => name)
      .sort();
    return ["", ...folders].map((one) => [
      `${part}/${one}`,
      Deno.statSync(join(path, one)).mtime?.getTime() ?? 0,
    ]);
  });
  return recordHash("assay-dates-1", dates);
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
