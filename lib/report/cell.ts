/**
 * Cells of tables as people read them.
 *
 * @module
 */
import type { Cell } from "../kinds/table.ts";
import { formatNumber } from "./number.ts";

/**
 * A cell for people: numbers with the digits that matter, a dash where there is no value.
 *
 * @example Usage
 * ```ts
 * import { formatCell } from "./cell.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.98765, true, "tost", null].map(formatCell), ["0.9877", "true", "tost", "–"]);
 * ```
 */
export function formatCell(cell: Cell): string {
  if (cell === null) return "–";
  return typeof cell === "number" ? formatNumber(cell) : String(cell);
}

/** Whether a column holds numbers, which people read with their digits one below the other. */
export function isNumeric(column: readonly Cell[]): boolean {
  return typeof column.find((cell) => cell !== null) === "number";
}
