/**
 * Files that the user already has.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { basename, dirname, join, resolve } from "node:path";
import { SetupError } from "../../setup/error.ts";
import type { Origin } from "./origin.ts";

/** The folder of the user's own copies of data, if `ASSAY_DATA` names one. */
export function ownData(): string | undefined {
  const folder = Deno.env.get("ASSAY_DATA");
  return folder === undefined || folder === "" ? undefined : resolve(folder);
}

/** A file in a folder of the user's. It is read where it lies. */
export function localFile(folder: string, name: string): Origin {
  const path = join(folder, name);
  const find = Effect.suspend(() =>
    isFile(path) ? Effect.succeed(path) : Effect.fail(
      new SetupError({
        message: `${path} is not there.`,
        remedy: "Put it there, or set ASSAY_DATA to the folder that holds it.",
      }),
    )
  );
  return { description: path, programs: [], check: find, fetch: () => find };
}

/** A folder of the user's that must hold certain files. It is read where it lies. */
export function localFolder(folder: string, names: readonly string[]): Origin {
  const find = Effect.suspend(() => {
    const lacking = names.filter((name) => !isFile(join(folder, name)));
    if (lacking.length === 0) return Effect.succeed(folder);
    return Effect.fail(
      new SetupError({
        message: `${folder} does not hold ${lacking.join(", ")}.`,
        remedy:
          `Put ${lacking.length === 1 ? "it" : "them"} there, or set ASSAY_DATA to the folder that holds ` +
          `${basename(dirname(folder))}/${basename(folder)}.`,
      }),
    );
  });
  return { description: folder, programs: [], check: find, fetch: () => find };
}

/** Whether the user's own folder holds a file of this name. */
export function isOwned(name: string): boolean {
  const folder = ownData();
  return folder !== undefined && isFile(join(folder, name));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
