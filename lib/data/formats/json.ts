/**
 * JSON as artifacts hold it: the canonical text, in UTF-8.
 *
 * @module
 */
import { canonicalJson, type Json } from "../../dag/canonical.ts";
import { malformed } from "./format_error.ts";
import { decodeUtf8, encodeUtf8 } from "./utf8.ts";

/**
 * Writes canonical JSON: sorted keys, no spaces.
 *
 * @throws {TypeError} On NaN, an infinity or anything that JSON lacks; the message has its path.
 */
export function encodeJson(value: Json): Uint8Array<ArrayBuffer> {
  return encodeUtf8(canonicalJson(value), "JSON");
}

/**
 * Reads JSON.
 *
 * @param bytes UTF-8 text.
 * @param format What an error calls the text, when it is part of something: `safetensors header`.
 * @throws {FormatError} On text that is not JSON; the message has the place.
 */
export function decodeJson(bytes: Uint8Array, format = "JSON"): Json {
  const text = decodeUtf8(bytes, format);
  try {
    return JSON.parse(text);
  } catch (error) {
    const { place, found } = fault((error as Error).message, text.length);
    throw malformed(format, place, "JSON", found);
  }
}

/** Takes apart what the parser says: it gives either the position or the text around what it stumbled over. */
function fault(message: string, length: number): { readonly place: string; readonly found: string } {
  const token = /^Unexpected token (?<token>.+?), (?<around>.+) is not valid JSON$/s.exec(message)?.groups;
  if (token !== undefined) return { place: token.around!, found: token.token! };
  const position = /^(?<reason>.+) in JSON at position (?<at>\d+)/s.exec(message)?.groups;
  if (position !== undefined) return { place: `character ${position.at}`, found: `"${position.reason}"` };
  return { place: `character ${length}`, found: "the end of the text" };
}

/** Whether a JSON value is an object: neither a list nor null. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
