/**
 * Named tensors with facts about them: what datasets and checkpoints are made of.
 *
 * @module
 */
import { canonicalJson, type Json } from "../dag/canonical.ts";
import type { Parts } from "../dag/kind.ts";
import { malformed } from "../data/formats/format_error.ts";
import { decodeJson, isObject } from "../data/formats/json.ts";
import { encodeUtf8 } from "../data/formats/utf8.ts";
import type { Tensor } from "../tensor/array.ts";
import { decodeSafetensors, encodeSafetensors } from "../tensor/safetensors.ts";
import { takeParts } from "./parts.ts";

/** Named tensors and what is known of them. */
export interface NamedTensors {
  /** Facts. */
  readonly about: Readonly<Record<string, Json>>;
  /** The tensors by name. */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** Writes both into one safetensors part; the facts go into its metadata as canonical JSON. */
export function encodeNamedTensors(part: string, { about, tensors }: NamedTensors): Parts {
  return { [part]: encodeSafetensors({ metadata: { about: canonicalJson(about) }, tensors }) };
}

/**
 * Reads what {@linkcode encodeNamedTensors} wrote.
 *
 * @throws {FormatError} On bytes that it could not have written.
 */
export function decodeNamedTensors(kind: string, part: string, parts: Parts): NamedTensors {
  const [bytes] = takeParts(kind, parts, [part]);
  const { metadata, tensors } = decodeSafetensors(bytes);
  if (metadata.about === undefined) {
    throw malformed(kind, "__metadata__", "the entry about", Object.keys(metadata).join() || "none");
  }
  const about = decodeJson(encodeUtf8(metadata.about), `${kind} about`);
  if (!isObject(about)) throw malformed(kind, "about", "a JSON object", metadata.about.slice(0, 40));
  return { about, tensors };
}
