/**
 * Summaries of tables: the mean of each group, with its interval.
 *
 * @module
 */
import { type Interval, meanInterval } from "../claim/interval.ts";
import { columnOf, fromArquero, TableError, toArquero } from "../data/tables.ts";
import type { Table } from "../kinds/table.ts";

/**
 * The mean of a column in each group of rows, with its 95 % confidence interval by Student's t.
 *
 * @example The mean accuracy of each network
 * ```ts
 * import { summarise } from "./summary.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const table = { columns: { network: ["tost", "tost", "softmax"], accuracy: [0.5, 1, 0.75] } };
 * const { columns } = await summarise(table, ["network"], "accuracy");
 * assertEquals([columns.network, columns.mean, columns.n], [["tost", "softmax"], [0.75, 0.75], [2, 1]]);
 * ```
 *
 * @param table One row a measurement. Rows without a value do not count.
 * @param by The columns that tell groups apart; with none, all rows are one group.
 * @param value The column of numbers.
 * @returns A row a group, in the order in which groups first appear: the columns of `by`, then `mean`, `low`, `high` and
 * `n`, the number of values. One value has an unbounded interval; a group without a value has no mean either.
 * @throws {TableError} When a column is missing, a value is not a finite number, or groups are told apart by a column
 * that is named like one of those added.
 */
export async function summarise(table: Table, by: readonly string[], value: string): Promise<Table> {
  check(table, by, value);
  const { op } = await import("arquero");
  const groups = (await toArquero(table)).groupby([...by]);
  const samples = groups.rollup({ samples: op.array_agg(value) }).array("samples");
  const intervals = Array.from(samples as ArrayLike<readonly number[]>, meanInterval);
  const each = (part: keyof Interval) => intervals.map((interval) => interval[part]);
  return {
    columns: {
      ...fromArquero(groups.rollup({})).columns,
      mean: intervals.map(({ n, value }) => n === 0 ? null : value),
      low: each("low"),
      high: each("high"),
      n: each("n"),
    },
  };
}

function check(table: Table, by: readonly string[], value: string): void {
  by.forEach((name) => columnOf(table, name));
  const taken = by.find((name) => ["mean", "low", "high", "n"].includes(name));
  if (taken !== undefined) {
    throw new TableError({ message: `A summary has a column ${taken} of its own; rename the table's.` });
  }
  columnOf(table, value).forEach((cell, row) => {
    if (cell !== null && !Number.isFinite(cell)) {
      throw new TableError({
        message: `A mean is of finite numbers, but column ${value}, row ${row}, is ${
          typeof cell === "string" ? JSON.stringify(cell) : cell
        }.`,
      });
    }
  });
}
