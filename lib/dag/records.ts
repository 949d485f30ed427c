/**
 * Record files: one JSON file a record, whole or absent, with a checksum inside.
 *
 * @module
 */
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { canonicalJson } from "./canonical.ts";
import { artifactDigest, recordHash } from "./digest.ts";
import { discard, namesIn, onDisk, readIfThere, writeWhole } from "./disk.ts";
import { quarantine } from "./objects.ts";
import { NodeRecord, RunRecord } from "./record.ts";

/** A folder of records of one type. */
export interface RecordFolder<A> {
  /** Reads a record. A damaged file is moved aside and counts as absent. */
  read(name: string): A | undefined;
  /** Whether a record's file is whole; false when there is none. Moves nothing. */
  isWhole(name: string): boolean;
  /** Writes a record. */
  write(name: string, record: A): void;
  /** Removes a record. */
  remove(name: string): void;
  /** The names of all records. */
  names(): readonly string[];
}

const SUFFIX = ".json";
const NAME = /^[\w-]+(\.[\w-]+)*$/;

/** The folder of the executions, each under its key. */
export function nodeRecords(root: string, temporary: () => string): RecordFolder<NodeRecord> {
  const isRecord = Schema.decodeUnknownOption(NodeRecord);
  return recordFolder(root, "nodes", temporary, (name, content) => {
    const record = Option.getOrUndefined(isRecord(content));
    if (record?.key !== name) return undefined;
    const { kind, digest, parts } = record.output;
    const digests = Object.fromEntries(Object.entries(parts).map(([part, object]) => [part, object.digest]));
    return artifactDigest(kind, digests) === digest ? record : undefined;
  });
}

/** The folder of the runs, each under its id. */
export function runRecords(root: string, temporary: () => string): RecordFolder<RunRecord> {
  const isRecord = Schema.decodeUnknownOption(RunRecord);
  return recordFolder(root, "runs", temporary, (name, content) => {
    const record = Option.getOrUndefined(isRecord(content));
    return record?.id === name ? record : undefined;
  });
}

function recordFolder<A extends object>(
  root: string,
  folder: "nodes" | "runs",
  temporary: () => string,
  accept: (name: string, content: unknown) => A | undefined,
): RecordFolder<A> {
  const path = (name: string) => `${root}/${folder}/${name}${SUFFIX}`;
  const checksum = (record: object) => recordHash(`assay-${folder}-1`, record);

  function parse(name: string, text: string): A | undefined {
    try {
      const { checksum: claimed, ...content } = JSON.parse(text);
      return checksum(content) === claimed ? accept(name, content) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The text of a record's file, if there is one. A name that no record can have leads to no file. */
  function textOf(name: string): string | undefined {
    if (!NAME.test(name)) return undefined;
    return onDisk("read", path(name), () => readIfThere(path(name)));
  }

  return {
    read: (name) => {
      const text = textOf(name);
      if (text === undefined) return undefined;
      const record = parse(name, text);
      if (record === undefined) quarantine(root, path(name), name + SUFFIX);
      return record;
    },
    isWhole: (name) => {
      const text = textOf(name);
      return text !== undefined && parse(name, text) !== undefined;
    },
    write: (name, record) => {
      const text = canonicalJson({ ...record, checksum: checksum(record) });
      writeWhole(temporary(), path(name), new TextEncoder().encode(text), 0o644);
    },
    remove: (name) => onDisk("remove", path(name), () => discard(path(name))),
    names: () =>
      onDisk("list", `${root}/${folder}`, () => namesIn(`${root}/${folder}`))
        .filter((name) => name.endsWith(SUFFIX))
        .map((name) => name.slice(0, -SUFFIX.length)),
  };
}
