/**
 * Files from the web.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { basename, dirname, join } from "node:path";
import { cacheFolder } from "../../setup/cache.ts";
import { inFolder, SetupError } from "../../setup/error.ts";
import { inBytes, type Report } from "../../setup/progress.ts";
import type { Origin } from "./origin.ts";

/** A file on the web with a published checksum. */
export interface WebFile {
  /** Its address. */
  readonly url: string;
  /** Its SHA-256, in hex. */
  readonly sha256: string;
  /** Its size. */
  readonly bytes: number;
  /** What a user can do where the address is out of reach. */
  readonly otherwise: string;
}

/**
 * A file from its canonical address. A download that was cut off goes on where it stopped, in this process or the next:
 * what came so far waits in the cache folder under the checksum that the whole file must have.
 */
export function urlFile(file: WebFile, cache: string = cacheFolder()): Origin {
  return {
    description: file.url,
    programs: [],
    bytes: file.bytes,
    fetch: (scratch, report) =>
      Effect.gen(function* () {
        const partial = join(cache, "partial", file.sha256);
        yield* inFolder(cache, () => Deno.mkdir(dirname(partial), { recursive: true }));
        yield* download(file, partial, report);
        const whole = join(scratch, basename(new URL(file.url).pathname));
        yield* inFolder(cache, () => Deno.rename(partial, whole));
        return whole;
      }),
  };
}

function download(file: WebFile, partial: string, report: Report): Effect.Effect<void, SetupError> {
  return inFolder(dirname(partial), async (signal) => {
    using out = await Deno.open(partial, { append: true, create: true });
    const before = (await out.stat()).size;
    if (before === file.bytes) return;

    const response = await request(file, before, signal);
    const resumes = response.status === 206;
    if (!resumes) await out.truncate();
    let done = resumes ? before : 0;
    for await (const chunk of bodyOf(response, file)) {
      await writeAll(out, chunk);
      done += chunk.length;
      report({ doing: `downloading ${file.url}`, done, total: file.bytes });
      if (done > file.bytes) break;
    }
    if (done === file.bytes) return;
    if (done > file.bytes) await out.truncate();
    throw new SetupError({
      message: `${file.url} gave ${inBytes(done)} where ${inBytes(file.bytes)} were expected.`,
      remedy: `Run again; ${file.otherwise}`,
    });
  });
}

async function request(file: WebFile, from: number, signal: AbortSignal): Promise<Response> {
  const headers = from > 0 && from < file.bytes ? { range: `bytes=${from}-` } : undefined;
  let reason: string;
  try {
    const response = await fetch(file.url, { signal, ...(headers === undefined ? {} : { headers }) });
    if (response.ok) return response;
    await response.body?.cancel();
    reason = `answers ${response.status} ${response.statusText}`.trim();
  } catch (error) {
    if (signal.aborted) throw error;
    reason = `does not answer (${reasonOf(error)})`;
  }
  throw new SetupError({ message: `${file.url} ${reason}.`, remedy: file.otherwise });
}

/** The body, with a connection that breaks told as such. */
async function* bodyOf(response: Response, file: WebFile): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (error) {
    throw new SetupError({
      message: `The connection to ${file.url} broke (${reasonOf(error)}).`,
      remedy: "Run again: the download goes on where it stopped.",
    });
  }
}

/** The innermost reason: the outer ones say no more than that a fetch failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined
    ? error.message.replace(/^error sending .*?\): /, "")
    : reasonOf(error.cause);
}

async function writeAll(out: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += await out.write(bytes.subarray(written));
}
