/**
 * From metrics to a tidy table: one row a measurement.
 *
 * @module
 */
import { isInterval, lookUp } from "../claim/measure.ts";
import type { Json } from "../dag/canonical.ts";
import { TableError } from "../data/tables.ts";
import type { Metrics } from "../kinds/metrics.ts";
import type { Cell, Table } from "../kinds/table.ts";

/** What tells a measurement from others: the network, the condition, the seed. */
export type Labels = Readonly<Record<string, string | number | boolean>>;

/**
 * Lays measurements out as a table, a row each. A column is a label or, where no label has its name, a path in the
 * metrics; of a number with its interval, the number.
 *
 * @example Usage
 * ```ts
 * import { tabulate } from "./tabulate.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { columns } = tabulate(["seed", "accuracy"], [{ seed: 1 }, { seed: 2 }], [
 *   { accuracy: 0.95, correct: 95 },
 *   { accuracy: 0.97, correct: 97 },
 * ]);
 * assertEquals(columns, { seed: [1, 2], accuracy: [0.95, 0.97] });
 * ```
 *
 * @param columns The columns' names, in their order.
 * @param labels The labels of each measurement.
 * @param measured The metrics of each measurement, in the same order.
 * @throws {TableError} When there are not as many labels as metrics, or a cell would be neither a number, a text, a
 * boolean nor null.
 */
export function tabulate(
  columns: readonly string[],
  labels: readonly Labels[],
  measured: readonly Metrics[],
): Table {
  if (labels.length !== measured.length) {
    throw new TableError({ message: `There are ${labels.length} labels for ${measured.length} metrics.` });
  }
  const cell = (name: string, row: number): Cell => {
    const found = labels[row]![name] ?? valueOf(lookUp(measured[row]!, name));
    if (isCell(found)) return found;
    const names = [...Object.keys(labels[row]!), ...Object.keys(measured[row]!)].sort();
    throw new TableError({
      message: `Measurement ${row} has no single value ${name}; it has ${names.join(", ") || "none"}.`,
    });
  };
  return {
    columns: Object.fromEntries(columns.map((name) => [name, labels.map((_, row) => cell(name, row))])),
  };
}

/** A number that carries its interval stands for itself. */
function valueOf(found: Json | undefined): Json | undefined {
  return isInterval(found) ? found.value : found;
}

function isCell(found: Json | undefined): found is Cell {
  return found === null || ["number", "string", "boolean"].includes(typeof found);
}
