/**
 * Canonical JSON: one text for one value, so that equal values have equal hashes.
 *
 * @module
 */

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Writes a JSON value with sorted keys and no spaces.
 *
 * @example Usage
 * ```ts
 * import { canonicalJson } from "./canonical.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(canonicalJson({ b: [1, 2], a: null }), `{"a":null,"b":[1,2]}`);
 * ```
 *
 * @param value The value. Undefined members of objects are left out, as `JSON.stringify` does.
 * @returns The text. Negative zero is written as `0`.
 * @throws {TypeError} On NaN, an infinity, or anything that JSON lacks; the message has its path.
 */
export function canonicalJson(value: unknown): string {
  return write(value, "");
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (Number.isFinite(value)) return JSON.stringify(value);
      throw new TypeError(`${at(path)} is ${value}, which JSON cannot hold`);
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) {
        return `[${value.map((part, index) => write(part, `${path}[${index}]`)).join()}]`;
      }
      if (ArrayBuffer.isView(value)) {
        throw new TypeError(`${at(path)} is a typed array, which JSON cannot hold`);
      }
      return `{${
        Object.keys(value).sort().flatMap((key) => {
          const part = (value as Record<string, unknown>)[key];
          return part === undefined ? [] : `${JSON.stringify(key)}:${write(part, `${path}.${key}`)}`;
        }).join()
      }}`;
    default:
      throw new TypeError(`${at(path)} is ${typeof value}, which JSON cannot hold`);
  }
}

function at(path: string): string {
  return path === "" ? "the value" : path.replace(/^\./, "");
}
