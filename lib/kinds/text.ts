/**
 * Texts.
 *
 * @module
 */
import { kind } from "../dag/kind.ts";
import type { Kind } from "../dag/kind.ts";
import { decodeUtf8, encodeUtf8 } from "../data/formats/utf8.ts";
import { takeParts } from "./parts.ts";

/** A text for people. */
export interface Text {
  /** The text. */
  readonly text: string;
}

/** The kind of {@linkcode Text}s: UTF-8. */
export const Text: Kind<"text", Text> = kind<"text", Text>("text", {
  encode: ({ text }) => ({ "text.txt": encodeUtf8(text) }),
  decode: (parts) => ({ text: decodeUtf8(takeParts("text", parts, ["text.txt"])[0]) }),
});
