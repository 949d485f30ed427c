/**
 * `inspect show --csv` and `--svg`: the whole of what a node made, for other programs.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { CorruptObject } from "../../dag/errors.ts";
import type { Kind } from "../../dag/kind.ts";
import type { NodeRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import type { FormatError } from "../../data/formats/format_error.ts";
import { toCsv } from "../../data/tables.ts";
import { Figure } from "../../kinds/figure.ts";
import { Table } from "../../kinds/table.ts";
import { UsageError } from "../errors.ts";
import { labelOf } from "./resolve.ts";

/** What can be wrong with what is to be shown. */
type ShowError = UsageError | CorruptObject | FormatError;

/** The table that an execution made, as CSV, without the last line's end. */
export function csvOf(record: NodeRecord, store: Store): Effect.Effect<string, ShowError> {
  return contentOf(record, store, Table, "csv").pipe(
    Effect.flatMap((table) => Effect.promise(() => toCsv(table))),
    Effect.map((csv) => csv.replace(/\n$/, "")),
  );
}

/** The figure that an execution made, as SVG: on white, so that it can be read on a page of any colour. */
export function svgOf(record: NodeRecord, store: Store): Effect.Effect<string, ShowError> {
  return contentOf(record, store, Figure, "svg").pipe(
    Effect.map(({ svg }) => svg.trimEnd().replace("<svg ", '<svg style="background:white" ')),
  );
}

function contentOf<A>(
  record: NodeRecord,
  store: Store,
  kind: Kind<string, A>,
  format: "csv" | "svg",
): Effect.Effect<A, ShowError> {
  if (record.output.kind !== kind.name) {
    return Effect.fail(
      new UsageError({
        message: `Only a ${kind.name} can be shown as ${format.toUpperCase()}; what ${
          labelOf(record)
        } made is of kind ${record.output.kind}.`,
        remedy: `Leave out --${format} to see what it holds and where its files lie.`,
      }),
    );
  }
  return Effect.try({
    try: () => kind.decode(store.readParts(record.output)),
    catch: (error) => error as CorruptObject | FormatError,
  });
}
