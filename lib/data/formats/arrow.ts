/**
 * Arrow IPC: columns of numbers, texts and booleans, readable from Python, R and SQL engines.
 *
 * @module
 */
import { bool, float64, tableFromArrays, tableFromIPC, tableToIPC, utf8 } from "@uwdata/flechette";
import { checkArrowBounds } from "./arrow_bounds.ts";
import { type FormatError, malformed } from "./format_error.ts";

/** One value of a column; null where there is none. */
export type ArrowValue = number | string | boolean | null;

/** Columns of one length by name. */
export type ArrowColumns = Readonly<Record<string, readonly ArrowValue[]>>;

/**
 * Writes columns as one Arrow IPC stream. Equal columns in equal order give equal bytes.
 *
 * A column's type follows from its values: float64, utf8 or bool. One without any value is float64.
 *
 * @example Usage
 * ```ts
 * import { decodeArrow, encodeArrow } from "./arrow.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const columns = { tokens: [64, 128], attention: ["tssa", null] };
 * assertEquals(decodeArrow(encodeArrow(columns)), columns);
 * ```
 *
 * @throws {FormatError} On columns of several lengths, a column of several types, NaN, and strings that are
 * not whole characters.
 */
export function encodeArrow(columns: ArrowColumns): Uint8Array {
  const entries = Object.entries(columns);
  const rows = entries[0]?.[1].length ?? 0;
  const types = entries.map(([name, values]) => {
    const place = `column ${JSON.stringify(name)}`;
    if (values.length !== rows) {
      throw malformed("table", place, `${rows} rows, as in the first column`, `${values.length}`);
    }
    return [name, columnType(place, values)] as const;
  });
  const table = tableFromArrays(entries as [string, ArrowValue[]][], { types: Object.fromEntries(types) });
  const bytes = tableToIPC(table, { format: "stream" });
  if (bytes === null) throw malformed("table", "its encoding", "bytes", "none");
  return bytes;
}

/**
 * Reads what {@linkcode encodeArrow} wrote.
 *
 * @throws {FormatError} On bytes that it could not have written: truncated, damaged, or of types that it does not use.
 */
export function decodeArrow(bytes: Uint8Array): Record<string, ArrowValue[]> {
  checkArrowBounds(bytes);
  const columns = extract(bytes);
  // What is read must be written again as it was: this leaves no room for a null count, an offset or a text that lies.
  const again = reencode(columns);
  const place = bytes.findIndex((byte, index) => byte !== again[index]);
  if (place >= 0 || again.length !== bytes.length) {
    throw malformed(
      "Arrow",
      `byte ${place < 0 ? bytes.length : place}`,
      "the stream that these columns make",
      "another",
    );
  }
  return columns;
}

function extract(bytes: Uint8Array): Record<string, ArrowValue[]> {
  try {
    const table = tableFromIPC(bytes);
    return Object.fromEntries(
      table.names.map((name, index) => [name, Array.from(table.getChildAt(index)) as ArrowValue[]]),
    );
  } catch (error) {
    throw unreadable(error);
  }
}

function reencode(columns: ArrowColumns): Uint8Array {
  try {
    return encodeArrow(columns);
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): FormatError {
  return malformed("Arrow", "its columns", "a readable stream", (error as Error).message.replace(/\.$/, ""));
}

function columnType(place: string, values: readonly ArrowValue[]) {
  const first = values.findIndex((value) => value !== null);
  const type = first < 0 ? "number" : typeOf(values[first]!);
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    const wrong = (expected: string, found: string) =>
      malformed("table", `${place}, row ${row}`, expected, found);
    if (typeOf(value) !== type) throw wrong(`a ${type}, as in row ${first}`, `a ${typeOf(value)}`);
    if (Number.isNaN(value)) throw wrong("a number or null", "NaN");
    if (typeof value === "string" && !value.isWellFormed()) {
      throw wrong("whole characters", "half a surrogate pair");
    }
  }
  if (type === "number") return float64();
  if (type === "string") return utf8();
  if (type === "boolean") return bool();
  throw malformed("table", `${place}, row ${first}`, "a number, a string, a boolean or null", `a ${type}`);
}

function typeOf(value: ArrowValue): string {
  return typeof value;
}
