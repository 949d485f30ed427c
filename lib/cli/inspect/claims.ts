/**
 * `inspect claims`: the claims of the latest runs.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { recordedClaims } from "../../claim/recorded.ts";
import { claimsMarkdown } from "../claims_markdown.ts";
import { claimsTable } from "../claims_table.ts";
import type { ClaimsInput } from "../commands/inspect.ts";
import { UsageError } from "../errors.ts";
import { screenOf } from "../paint.ts";
import { scopedStore } from "../scoped_store.ts";
import { unknown } from "../suggest.ts";
import { latestRuns } from "./resolve.ts";

/** Shows the claims of the latest run of each paper and preset. */
export const inspectClaims = Effect.fn("inspectClaims")(function* (input: ClaimsInput) {
  const store = yield* scopedStore(input.store);
  const paper = Option.getOrUndefined(input.paper);
  // A run of a part that no claim reads tells nothing of the claims.
  const runs = latestRuns(store, paper, ({ claims }) => claims.length > 0);
  if (runs.length === 0 && paper !== undefined) {
    const known = [...new Set(store.runs().map(({ pipeline }) => pipeline))].sort();
    return yield* new UsageError({ message: unknown("run of paper", paper, known) });
  }
  if (input.json) {
    const plain = runs.map(({ id, pipeline, preset, claims }) => ({ run: id, pipeline, preset, claims }));
    return yield* Console.log(JSON.stringify(plain, null, 2));
  }
  if (runs.length === 0) return yield* Console.log("Nothing has run yet.");
  if (input.markdown) {
    for (const run of runs) {
      yield* Console.log(
        `## ${run.pipeline}, ${run.preset} preset\n\n${claimsMarkdown(recordedClaims(run))}\n`,
      );
    }
    return;
  }
  const screen = screenOf("stdout");
  for (const run of runs) {
    const { id, pipeline, preset } = run;
    yield* Console.log(
      `${screen.paint.bold(pipeline)}  ${screen.paint.dim(`${preset} preset, run ${id}`)}\n`,
    );
    yield* Console.log(`${claimsTable(recordedClaims(run), screen)}\n`);
  }
}, Effect.scoped);
