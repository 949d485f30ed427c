/**
 * Tables: columns of one length, stored as Arrow.
 *
 * @module
 */
import { kind } from "../dag/kind.ts";
import type { Kind } from "../dag/kind.ts";
import { decodeArrow, encodeArrow } from "../data/formats/arrow.ts";
import { takeParts } from "./parts.ts";

/** One value of a table. */
export type Cell = number | string | boolean | null;

/** Columns of one length by name, each of one type; null where there is no value. */
export interface Table {
  /** The columns, in the order in which a reader should see them. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/** The kind of {@linkcode Table}s: one Arrow IPC stream. Encoding refuses columns of mixed types or lengths, and NaN. */
export const Table: Kind<"table", Table> = kind<"table", Table>("table", {
  encode: (table) => ({ "table.arrow": encodeArrow(table.columns) }),
  decode: (parts) => ({ columns: decodeArrow(takeParts("table", parts, ["table.arrow"])[0]) }),
});

/**
 * The rows of a table, each with its cells by the columns' names.
 *
 * @example Usage
 * ```ts
 * import { rowsOf } from "./table.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const table = { columns: { network: ["tost", "softmax"], accuracy: [0.95, null] } };
 * assertEquals(rowsOf(table)[1], { network: "softmax", accuracy: null });
 * ```
 */
export function rowsOf({ columns }: Table): readonly Readonly<Record<string, Cell>>[] {
  const entries = Object.entries(columns);
  return Array.from(
    { length: entries[0]?.[1].length ?? 0 },
    (_, row) => Object.fromEntries(entries.map(([name, cells]) => [name, cells[row]!])),
  );
}
