/**
 * A language model of the user's own.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { createHash } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { type Capability, CapabilityError } from "../dag/capability.ts";
import type { PreparedData } from "../data/sources/data_package.ts";
import { cacheFolder } from "../setup/cache.ts";

/** The capability `gguf`: the GGUF file that `ASSAY_GGUF` names, by its hash. */
export const ownModel: Capability = {
  name: "gguf",
  about: "A language model of your own, as a GGUF file.",
  identity: () => {
    const path = ownPath();
    return path === undefined || !isFile(path) ? { gguf: "none" } : { gguf: rememberedHash(path) };
  },
  check: Effect.suspend(() => {
    const path = ownPath();
    return path !== undefined && isFile(path)
      ? Effect.succeed({ ready: true, detail: path })
      : Effect.fail(absent(path));
  }),
  prepare: () =>
    Effect.suspend(() => {
      const path = ownPath();
      if (path === undefined || !isFile(path)) return Effect.fail(absent(path));
      const prepared: PreparedData = {
        folder: dirname(path),
        files: [basename(path)],
        name: basename(path, ".gguf"),
      };
      return Effect.succeed({ value: prepared, access: { read: [path] } });
    }),
};

function ownPath(): string | undefined {
  const path = Deno.env.get("ASSAY_GGUF");
  return path === undefined || path === "" ? undefined : resolve(path);
}

function absent(path: string | undefined): CapabilityError {
  return new CapabilityError({
    capability: "gguf",
    message: path === undefined
      ? "No language model of your own is named."
      : `ASSAY_GGUF names ${path}, which is not there.`,
    remedy: "Set ASSAY_GGUF to a GGUF file, or take a preset that needs none.",
  });
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** A file of gigabytes is hashed once for its path, size and time of change. */
function rememberedHash(path: string): string {
  const { size, mtime } = Deno.statSync(path);
  const seen = `${path}\n${size}\n${mtime?.getTime()}`;
  const note = join(cacheFolder(), "gguf", createHash("sha256").update(seen).digest("hex"));
  try {
    return Deno.readTextFileSync(note);
  } catch {
    const hash = hashOf(path);
    Deno.mkdirSync(dirname(note), { recursive: true });
    Deno.writeTextFileSync(note, hash);
    return hash;
  }
}

function hashOf(path: string): string {
  using file = Deno.openSync(path);
  const hash = createHash("sha256");
  const block = new Uint8Array(1 << 22);
  for (let read = file.readSync(block); read !== null; read = file.readSync(block)) {
    hash.update(block.subarray(0, read));
  }
  return hash.digest("hex");
}
