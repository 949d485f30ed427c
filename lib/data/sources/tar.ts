/**
 * Unpacks what is gzipped: single files, and tar archives (`.tgz`, `.tar.gz`), which npm packages and Python's source
 * archives are.
 *
 * @module
 */
import { dirname } from "node:path";
import { SetupError } from "../../setup/error.ts";
import { decodeTar } from "../formats/tar.ts";
import type { Place } from "./zip.ts";

/** Unpacks the files that `place` wants. Rejects with a {@linkcode SetupError} on an archive that is cut off or damaged. */
export async function untar(archive: string, place: Place): Promise<void> {
  const file = await Deno.open(archive);
  const bytes = await orDamaged(archive, () => new Response(gunzipped(file)).bytes());
  for (const [path, content] of await orDamaged(archive, () => decodeTar(bytes))) {
    const target = place(path);
    if (target === undefined) continue;
    await Deno.mkdir(dirname(target), { recursive: true });
    await Deno.writeFile(target, content);
  }
}

/** Unpacks one gzipped file. Rejects with a {@linkcode SetupError} when it is cut off or damaged. */
export async function gunzip(archive: string, target: string): Promise<void> {
  const [from, to] = [await Deno.open(archive), await Deno.create(target)];
  await orDamaged(archive, () => gunzipped(from).pipeTo(to.writable));
}

function gunzipped(file: Deno.FsFile): ReadableStream<Uint8Array<ArrayBuffer>> {
  return file.readable.pipeThrough(new DecompressionStream("gzip"));
}

async function orDamaged<A>(archive: string, work: () => Promise<A> | A): Promise<A> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error) throw error; // the disk's fault, not the archive's
    throw new SetupError({
      message: `The archive ${archive} is damaged (${error instanceof Error ? error.message : error}).`,
      remedy: "Run again to fetch it anew, or replace it if it is a copy of your own.",
    });
  }
}
