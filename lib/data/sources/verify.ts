/**
 * Checks that what was fetched is what was meant.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { sha256OfFile } from "../../setup/checksum.ts";
import { inFolder, SetupError } from "../../setup/error.ts";

/** What the files of a folder must be: the SHA-256 of each, or one for them all (see {@linkcode listingDigest}). */
export type Expected =
  | { readonly files: Readonly<Record<string, string>> }
  | { readonly listing: string };

/**
 * The SHA-256 of the lines that `sha256sum *` prints in a folder (in the C locale): one digest for many files and their
 * names.
 */
export function listingDigest(files: Readonly<Record<string, string>>): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(files).sort()) hash.update(`${files[name]}  ${name}\n`);
  return hash.digest("hex");
}

/** The one digest that stands for what is expected. */
export function digestOf(expected: Expected): string {
  return "listing" in expected ? expected.listing : listingDigest(expected.files);
}

/** Fails when a file has not the digest that it should have, naming it. */
export function verifyFile(path: string, sha256: string, what: string): Effect.Effect<void, SetupError> {
  return inFolder(path, async () => {
    const found = await sha256OfFile(path);
    if (found !== sha256) throw mismatch(what, sha256, found);
  });
}

/** Fails when the files of a folder are not those expected, naming the first that is missing or differs. */
export function verifyFiles(
  folder: string,
  names: readonly string[],
  expected: Expected,
  origin: string,
): Effect.Effect<void, SetupError> {
  return inFolder(folder, async () => {
    const found: Record<string, string> = {};
    for (const name of names) found[name] = await sha256OfFile(join(folder, name));

    const wanted = Object.entries("files" in expected ? expected.files : {});
    for (const [name, sha256] of wanted) {
      if (found[name] === sha256) continue;
      throw found[name] === undefined
        ? new SetupError({ message: `${origin} does not hold ${name}; nothing of it was kept.`, remedy })
        : mismatch(`${name} from ${origin}`, sha256, found[name]);
    }
    if (listingDigest(found) === digestOf(expected)) return;
    throw mismatch(
      `The listing of ${names.length} files from ${origin}`,
      digestOf(expected),
      listingDigest(found),
    );
  });
}

function mismatch(what: string, expected: string, found: string): SetupError {
  return new SetupError({
    message: `${what} has the SHA-256 ${found} instead of ${expected}; nothing of it was kept.`,
    remedy,
  });
}

const remedy =
  "Run again to fetch it anew; if it stays so, the source serves something else than what was published.";
