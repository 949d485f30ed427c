/**
 * Paths: the few operations that the engine needs, in one place.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";

import { dirname, join } from "node:path";

export { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";

/** The path of a `file:` URL. */
export function fromFileUrl(url: string): string {
  return fileURLToPath(url);
}

/** The `file:` URL of a path. */
export function toFileUrl(path: string): string {
  return pathToFileURL(path).href;
}

/** The nearest folder above a file that holds a `deno.json`; the file's own folder where none does. */
export function projectRoot(path: string): string {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      Deno.statSync(join(folder, "deno.json"));
      return folder;
    } catch {
      continue;
    }
  }
  return dirname(path);
}
