/**
 * The store's format: refuses folders that are something else, or newer.
 *
 * @module
 */
import { namesIn, onDisk, readIfThere } from "./disk.ts";
import { StoreError } from "./errors.ts";
import { STORE_VERSION } from "./record.ts";

/** What a folder may hold besides dot files and still become a store. */
const WELCOME: ReadonlySet<string> = new Set(["README.md"]);

/**
 * Makes sure that a folder is a store of this version; a new or empty one becomes one.
 *
 * @throws {StoreError} When it holds something else, is newer or damaged, or cannot be written.
 */
export function checkFormat(root: string): void {
  const path = `${root}/store.json`;
  const text = onDisk("open", path, () => readIfThere(path));
  if (text === undefined) begin(root, path);
  else checkVersion(path, text);
}

function checkVersion(path: string, text: string): void {
  const version = versionIn(text);
  if (version === undefined) {
    throw new StoreError({
      path,
      message: `${path} is damaged: it does not hold a version`,
      remedy: `write {"version":${STORE_VERSION}} into it, then run \`deno task store verify\``,
    });
  }
  if (version > STORE_VERSION) {
    throw new StoreError({
      path,
      message: `the store was written by a newer version of Assay: its format is ${version}, ` +
        `this version reads up to ${STORE_VERSION}`,
      remedy: "update Assay, or keep the store in another folder",
    });
  }
}

function begin(root: string, path: string): void {
  const names = onDisk("open", root, () => namesIn(root));
  const strange = names.find((name) => !name.startsWith(".") && !WELCOME.has(name));
  // Another process may have begun the same store a moment ago.
  if (strange !== undefined && onDisk("open", path, () => readIfThere(path)) === undefined) {
    throw new StoreError({
      path: root,
      message: `${root} is not a store: it holds ${strange}, but no store.json`,
      remedy: "name an empty or a new folder",
    });
  }
  onDisk("make", root, () => {
    Deno.mkdirSync(root, { recursive: true });
    const temporary = `${root}/.store-${crypto.randomUUID()}.json`;
    Deno.writeTextFileSync(temporary, JSON.stringify({ version: STORE_VERSION }));
    Deno.renameSync(temporary, path);
  });
}

function versionIn(text: string): number | undefined {
  try {
    const { version } = JSON.parse(text);
    return Number.isInteger(version) && version > 0 ? version : undefined;
  } catch {
    return undefined;
  }
}
