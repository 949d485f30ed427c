/**
 * The parts that a kind's bytes come in.
 *
 * @module
 */
import type { Parts } from "../dag/kind.ts";
import { malformed } from "../data/formats/format_error.ts";

/**
 * Takes the parts that a kind is made of, in the order of their names.
 *
 * @throws {FormatError} When one is missing, or when there is one more.
 */
export function takeParts<const Names extends readonly string[]>(
  kind: string,
  parts: Parts,
  names: Names,
): { readonly [Index in keyof Names]: Uint8Array } {
  const found = Object.keys(parts).sort();
  if (found.join() !== [...names].sort().join()) {
    throw malformed(kind, "its parts", names.join(" and "), found.join(" and ") || "none");
  }
  return names.map((name) => parts[name]) as { readonly [Index in keyof Names]: Uint8Array };
}
