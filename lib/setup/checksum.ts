/**
 * Checksums of files.
 *
 * @module
 */
import { createHash } from "node:crypto";

/** SHA-256 of a file, in hex. Reads by blocks: the file may be larger than memory. */
export async function sha256OfFile(path: string): Promise<string> {
  using file = await Deno.open(path);
  const hash = createHash("sha256");
  const block = new Uint8Array(1 << 20);
  for (let read = await file.read(block); read !== null; read = await file.read(block)) {
    hash.update(block.subarray(0, read));
  }
  return hash.digest("hex");
}
