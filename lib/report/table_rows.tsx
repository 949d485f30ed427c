/**
 * The rows of a table that a node made.
 *
 * @module
 */
import type { JSX } from "preact";
import { rowsOf, type Table } from "../kinds/table.ts";
import { formatCell, isNumeric } from "./cell.ts";
import { count } from "./number.ts";

/** How many rows are shown at most. */
const ROWS = 200;

/** A table's rows under their names, folded; of a long table the first ones. */
export function TableRows({ table }: { readonly table: Table }): JSX.Element {
  const rows = rowsOf(table);
  const columns = Object.entries(table.columns)
    .map(([name, column]) => ({ name, align: isNumeric(column) ? "number" : undefined }));
  return (
    <details class="rows">
      <summary>{count(rows.length, "row")}</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>{columns.map(({ name, align }) => <th key={name} scope="col" class={align}>{name}</th>)}</tr>
          </thead>
          <tbody>
            {rows.slice(0, ROWS).map((row, index) => (
              <tr key={index}>
                {columns.map(({ name, align }) => <td key={name} class={align}>{formatCell(row[name]!)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length <= ROWS ? null : <p class="about">… {count(rows.length - ROWS, "more row")}</p>}
    </details>
  );
}
