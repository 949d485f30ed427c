/**
 * Unpacks zip archives, which Python's wheels are. Inflation is the runtime's own, by streams, since a file in them may
 * be nearly a gigabyte.
 *
 * @module
 */
import { createReadStream, createWriteStream } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";
import { SetupError } from "../../setup/error.ts";

/** One file in a zip archive, as the directory at the archive's end tells it. */
interface Entry {
  readonly path: string;
  readonly deflated: boolean;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where its local header starts. */
  readonly offset: number;
}

/** Where a file of an archive goes: an absolute path, or undefined to leave it out. */
export type Place = (path: string) => string | undefined;

/** Unpacks the files that `place` wants. Rejects with a {@linkcode SetupError} on an archive that is cut off or damaged. */
export async function unzip(archive: string, place: Place): Promise<void> {
  using file = await Deno.open(archive);
  const wanted = (await entries(file, archive)).flatMap((entry) => {
    const target = place(entry.path);
    return target === undefined || entry.path.endsWith("/") ? [] : [{ entry, target }];
  });
  for (const { entry, target } of wanted) {
    await Deno.mkdir(dirname(target), { recursive: true });
    await extract(file, archive, entry, target);
  }
}

async function extract(file: Deno.FsFile, archive: string, entry: Entry, target: string): Promise<void> {
  const header = view(await readAt(file, archive, entry.offset, 30));
  if (header.getUint32(0, true) !== localHeader) {
    throw damaged(archive, `${entry.path} is not where it should be`);
  }
  const start = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (entry.packedBytes === 0) return await Deno.writeFile(target, new Uint8Array());

  const block = 1 << 20;
  const packed = createReadStream(archive, {
    start,
    end: start + entry.packedBytes - 1,
    highWaterMark: block,
  });
  const out = createWriteStream(target);
  try {
    await (entry.deflated
      ? pipeline(packed, createInflateRaw({ chunkSize: block }), out)
      : pipeline(packed, out));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined || !/^(Z_|ERR_)/.test(code)) throw error; // the disk's fault, not the archive's
    throw damaged(archive, `${entry.path} does not unpack, ${message}`);
  }
  if ((await Deno.stat(target)).size !== entry.bytes) {
    throw damaged(archive, `${entry.path} has the wrong size`);
  }
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endOfDirectory = 0x06054b50;

/** Reads the central directory. Archives of 4 GiB and more (zip64) are refused: none of ours is. */
async function entries(file: Deno.FsFile, archive: string): Promise<Entry[]> {
  const { size } = await file.stat();
  const tail = await readAt(file, archive, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = lastIndexOfUint32(tail, endOfDirectory);
  if (end < 0 || end + 22 > tail.length) {
    throw damaged(archive, "its directory is missing, as if it were cut off");
  }
  const [count, length, offset] = [
    view(tail).getUint16(end + 10, true),
    view(tail).getUint32(end + 12, true),
    view(tail).getUint32(end + 16, true),
  ];
  if (offset + length > size) throw damaged(archive, "its directory lies beyond its end");

  const directory = await readAt(file, archive, offset, length);
  const found: Entry[] = [];
  for (let at = 0, left = count; left > 0; left--) {
    if (at + 46 > length) throw damaged(archive, "its directory is shorter than it says");
    const record = view(directory.subarray(at));
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) =>
      record.getUint16(place, true)
    );
    const method = record.getUint16(10, true);
    const path = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + nameLength!));
    if (record.getUint32(0, true) !== centralHeader || (method !== 0 && method !== 8)) {
      throw damaged(archive, `its directory says something unknown about ${path || "a file"}`);
    }
    found.push({
      path,
      deflated: method === 8,
      packedBytes: record.getUint32(20, true),
      bytes: record.getUint32(24, true),
      offset: record.getUint32(42, true),
    });
    at += 46 + nameLength! + extraLength! + commentLength!;
  }
  return found;
}

async function readAt(
  file: Deno.FsFile,
  archive: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  await file.seek(offset, Deno.SeekMode.Start);
  for (let done = 0; done < length;) {
    const read = await file.read(bytes.subarray(done));
    if (read === null) throw damaged(archive, "it ends too early");
    done += read;
  }
  return bytes;
}

function lastIndexOfUint32(bytes: Uint8Array, value: number): number {
  const numbers = view(bytes);
  for (let at = bytes.length - 4; at >= 0; at--) {
    if (numbers.getUint32(at, true) === value) return at;
  }
  return -1;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(archive: string, how: string): SetupError {
  return new SetupError({
    message: `The archive ${archive} is damaged: ${how}.`,
    remedy: "Run again to fetch it anew, or replace it if it is a copy of your own.",
  });
}
