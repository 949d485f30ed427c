/**
 * Progress of set-up: how a download grows, and bytes in words.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Preparing } from "../dag/capability.ts";

/** Receives how far a preparation has come. */
export type Report = (progress: Preparing) => void;

/**
 * Reports how a folder grows while another program downloads into it. pip, npm and apt-get draw their progress for
 * terminals only, each in its own way; the bytes on disk are the same for all.
 */
export function watchingGrowth(
  folder: string,
  progress: { readonly doing: string; readonly total?: number },
  report: Report,
): <A, E>(work: Effect.Effect<A, E>) => Effect.Effect<A, E> {
  const { doing, total } = progress;
  const tick = Effect.sync(() => {
    const done = sizeOf(folder);
    report({ doing, ...(total === undefined ? { done } : { done: Math.min(done, total), total }) });
  });
  const watch = Effect.forever(Effect.andThen(tick, Effect.sleep("200 millis")));
  return (work) => Effect.raceFirst(work, watch);
}

/**
 * Bytes in words. Decimal units, as download sizes are given.
 *
 * @example Usage
 * ```ts
 * import { inBytes } from "./progress.ts";
 *
 * inBytes(274_000_871); // "274 MB"
 * inBytes(1_280_000_000); // "1.3 GB"
 * ```
 */
export function inBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

/** Bytes in a folder, deeply. What vanishes while it is counted counts nothing. */
function sizeOf(folder: string): number {
  try {
    let total = 0;
    for (const entry of Deno.readDirSync(folder)) {
      const path = `${folder}/${entry.name}`;
      total += entry.isDirectory ? sizeOf(path) : entry.isFile ? Deno.lstatSync(path).size : 0;
    }
    return total;
  } catch {
    return 0;
  }
}
