/**
 * Files that the user already has.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { join, resolve } from "node:path";
import type { Origin } from "./origin.ts";

/** The folder of the user's own copies of data, if `ASSAY_DATA` names one. */
export function ownData(): string | undefined {
  const folder = Deno.env.get("ASSAY_DATA");
  return folder === undefined || folder === "" ? undefined : resolve(folder);
}

/** A file in a folder of the user's. It is read where it lies. */
export function localFile(folder: string, name: string): Origin {
  const path = join(folder, name);
  return { description: path, programs: [], fetch: () => Effect.succeed(path) };
}

/** Whether the user's own folder holds a file of this name. */
export function isOwned(name: string): boolean {
  const folder = ownData();
  if (folder === undefined) return false;
  try {
    return Deno.statSync(join(folder, name)).isFile;
  } catch {
    return false;
  }
}
