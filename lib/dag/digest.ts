/**
 * Digests: SHA-256, in lower-case hexadecimal, each pre-image headed by what it is.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical.ts";

/** The SHA-256 of bytes or of a text's UTF-8, in hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/**
 * The hash of a record: SHA-256 over its type's name, a newline and its canonical JSON, so that records of two types
 * never share a hash.
 */
export function recordHash(type: string, record: unknown): string {
  return sha256(`${type}\n${canonicalJson(record)}`);
}

/** An artifact's digest: the hash of its kind and of its parts' digests. */
export function artifactDigest(kind: string, parts: Readonly<Record<string, string>>): string {
  return recordHash("assay-artifact-1", { kind, parts });
}
