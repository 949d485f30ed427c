/**
 * What is published in several packages.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { join } from "node:path";
import { inFolder } from "../../setup/error.ts";
import type { Origin } from "./origin.ts";

/**
 * Fetches from several origins, one after another, and gives the folder that holds what came: `0`, `1`, … in their order,
 * each a folder with what its origin fetched somewhere inside.
 */
export function several(description: string, origins: readonly Origin[]): Origin {
  const bytes = origins.reduce((sum, origin) => sum + (origin.bytes ?? 0), 0);
  return {
    description,
    programs: origins.flatMap(({ programs }) => programs),
    bytes,
    fetch: (scratch, report) =>
      Effect.gen(function* () {
        for (const [place, origin] of origins.entries()) {
          const own = join(scratch, String(place));
          yield* inFolder(scratch, () => Deno.mkdir(own));
          yield* origin.fetch(own, report);
        }
        return scratch;
      }),
  };
}
