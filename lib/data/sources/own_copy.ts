/**
 * Data that nobody may pass on: each user brings a copy.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { type Capability, CapabilityError } from "../../dag/capability.ts";
import { join } from "../../dag/path.ts";
import { ownData } from "./folder.ts";

/** What a user must bring. */
export interface OwnCopy {
  /** The capability's name, and that of the folder inside `ASSAY_DATA`. */
  readonly name: string;
  /** What it is, in one line. */
  readonly about: string;
  /** The data's true name. */
  readonly title: string;
  /** The folders or files that it consists of. */
  readonly parts: readonly string[];
  /** Where a user gets it, and how it must lie. */
  readonly remedy: string;
}

/**
 * Makes a capability of data that lies in a folder of the user's. It is read where it lies, and trusted to be what its
 * owner says: to hash hundreds of gigabytes at each use would take longer than to read them.
 */
export function ownCopy({ name, about, title, parts, remedy }: OwnCopy): Capability {
  const find = Effect.suspend(() => {
    const own = ownData();
    const folder = own === undefined ? undefined : join(own, name);
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
    identity: () => ({ data: title }),
    check: Effect.map(find, (folder) => ({ ready: true, detail: `${title} is at hand in ${folder}` })),
    prepare: () =>
      Effect.map(find, (folder) => ({
        value: { folder, files: parts, name: title },
        access: { read: [folder] },
      })),
  };
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
