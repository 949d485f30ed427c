/**
 * Writing the report of a run, unless the one that lies there shows the same results.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Assembled } from "../assemble.ts";
import { recordHash } from "../dag/digest.ts";
import { StoreError } from "../dag/errors.ts";
import { join } from "../dag/path.ts";
import type { RunRecord } from "../dag/record.ts";
import type { Store } from "../dag/store.ts";

/** Changes when the page's form changes, so that reports in the old form are written again. */
const FORM = "assay-report-1";

/**
 * Writes the report of a run into the store's folder, as `reports/<pipeline>-<preset>.html`. When nothing ran and the
 * report there shows the same results, it stays: so a run in which nothing is stale ends at once.
 *
 * @param run The run.
 * @param assembled The pipeline that ran.
 * @param store The store.
 * @param command The command that repeats the run.
 * @returns The report's path.
 */
export function writeReport(
  run: RunRecord,
  assembled: Assembled,
  store: Store,
  command: string,
): Effect.Effect<string, StoreError> {
  const folder = join(store.root, "reports");
  const path = join(folder, `${run.pipeline}-${run.preset}.html`);
  const results = resultsOf(run, command);
  if (run.nodes.every(({ state }) => state === "hit") && shownIn(path) === results) {
    return Effect.succeed(path);
  }
  return Effect.promise(() => render(run, assembled, store, command, results)).pipe(
    Effect.flatMap((page) =>
      Effect.try({
        try: () => {
          Deno.mkdirSync(folder, { recursive: true });
          const draft = join(store.temporary("report"), "report.html");
          Deno.writeTextFileSync(draft, page);
          Deno.renameSync(draft, path);
          return path;
        },
        catch: (error) =>
          new StoreError({
            path,
            message: `The report ${path} cannot be written: ${(error as Error).message}.`,
            remedy: "Make room or mend the folder's permissions, and run the same again.",
          }),
      })
    ),
  );
}

async function render(
  run: RunRecord,
  { pipeline, declared }: Assembled,
  store: Store,
  command: string,
  results: string,
): Promise<string> {
  const [{ gatherContents }, { drawGraph }, { stepsOf }, { renderPage }] = await Promise.all([
    import("./contents.ts"),
    import("./graph.ts"),
    import("./steps.ts"),
    import("./page.tsx"),
  ]);
  const contents = await gatherContents(run, {
    paper: pipeline.paper,
    about: pipeline.about,
    command,
    sizes: declared.sizes ?? [],
    ranges: new Map(declared.claims.map(({ id, expect }) => [id, expect])),
    figures: declared.figures.map(({ address }) => address),
  }, store);
  return renderPage(contents, await drawGraph(stepsOf(contents.nodes)), results);
}

/** A hash of what a report shows, and not of when it was made. */
function resultsOf(run: RunRecord, command: string): string {
  return recordHash(FORM, {
    command,
    claims: run.claims,
    nodes: run.nodes.map(({ address, key, digest, error }) => [address, key, digest, error]),
  });
}

/** The hash of the results that a report shows; undefined where there is no report. */
function shownIn(path: string): string | undefined {
  try {
    using file = Deno.openSync(path);
    const head = new Uint8Array(512);
    file.readSync(head);
    return new TextDecoder().decode(head).match(/<meta name="assay-results" content="([0-9a-f]+)"/)?.[1];
  } catch {
    return undefined;
  }
}
