/**
 * `inspect show --csv`: a table for other programs.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { CorruptObject } from "../../dag/errors.ts";
import type { NodeRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import type { FormatError } from "../../data/formats/format_error.ts";
import { toCsv } from "../../data/tables.ts";
import { Table } from "../../kinds/table.ts";
import { UsageError } from "../errors.ts";
import { labelOf } from "./resolve.ts";

/** The table that an execution made, as CSV, without the last line's end. */
export function csvOf(
  record: NodeRecord,
  store: Store,
): Effect.Effect<string, UsageError | CorruptObject | FormatError> {
  if (record.output.kind !== Table.name) {
    return Effect.fail(
      new UsageError({
        message: `Only a table can be shown as CSV; what ${
          labelOf(record)
        } made is of kind ${record.output.kind}.`,
        remedy: "Leave out --csv to see what it holds and where its files lie.",
      }),
    );
  }
  return Effect.try({
    try: () => Table.decode(store.readParts(record.output)),
    catch: (error) => error as CorruptObject | FormatError,
  }).pipe(
    Effect.flatMap((table) => Effect.promise(() => toCsv(table))),
    Effect.map((csv) => csv.replace(/\n$/, "")),
  );
}
