/**
 * Readable code: the reachable code of a task, which is kept without white space, laid out in lines.
 *
 * @module
 */
import type { Store } from "../dag/store.ts";

/**
 * Reads bundles of code from the store and lays them out.
 *
 * @param store The store.
 * @param digests The bundles' digests.
 * @returns The code by digest; one that is no longer kept, or is corrupt, is absent.
 */
export async function readableCode(
  store: Store,
  digests: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const kept = [...new Set(digests)].flatMap((digest) => {
    const text = read(store, digest);
    return text === undefined ? [] : [[digest, text] as const];
  });
  if (kept.length === 0) return new Map();
  const esbuild = await import("esbuild");
  try {
    return new Map(
      await Promise.all(kept.map(async ([digest, text]) => {
        const { code } = await esbuild.transform(text, { loader: "js", format: "esm", charset: "utf8" });
        return [digest, code] as const;
      })),
    );
  } finally {
    await esbuild.stop();
  }
}

function read(store: Store, digest: string): string | undefined {
  try {
    return new TextDecoder().decode(store.readObject(digest));
  } catch {
    return undefined; // freed, or corrupt: the difference cannot be shown, and nothing else depends on it
  }
}
