/**
 * Whether an Arrow stream's own lengths can be believed.
 *
 * The reader allocates what the metadata says, so a damaged length could ask for all memory. Here every length is
 * held against the bytes that are there, without allocating anything.
 *
 * @module
 */
import { malformed } from "./format_error.ts";

/** Slots of the flatbuffer tables in Arrow's Message.fbs and Schema.fbs. */
const slots = {
  message: { type: 6, header: 8, bodyLength: 10 },
  schema: { fields: 6, metadata: 8 },
  field: { type: 8, dictionary: 12, children: 14, metadata: 16 },
  recordBatch: { rows: 4, nodes: 6, buffers: 8, compression: 10, variadic: 12 },
} as const;

const messageType = { schema: 1, recordBatch: 3 } as const;

/** FloatingPoint, Utf8 and Bool, the types of columns that Assay writes. */
const columnTypes: readonly number[] = [3, 5, 6];

/**
 * Checks the lengths in an Arrow IPC stream of flat columns.
 *
 * @throws {FormatError} When one reaches beyond the bytes, or when the stream has dictionaries, nested columns or
 * compression, none of which Assay writes.
 */
export function checkArrowBounds(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  try {
    for (let message = 0;; message += 1) {
      const next = checkMessage(view, start, message);
      if (next === undefined) return;
      start = next;
    }
  } catch (error) {
    // A DataView refuses to read outside itself.
    if (error instanceof RangeError) {
      throw malformed(
        "Arrow",
        `the message at byte ${start}`,
        "offsets inside the stream",
        "one that leads out of it",
      );
    }
    throw error;
  }
}

/** Checks the message that starts at a byte and says where the next one does; none after the end marker. */
function checkMessage(view: DataView, start: number, message: number): number | undefined {
  const place = `the message at byte ${start}`;
  if (start + 8 > view.byteLength) {
    throw malformed("Arrow", place, "a message or the end marker", "the end of the bytes");
  }
  if (view.getUint32(start, true) !== 0xffff_ffff) {
    throw malformed("Arrow", place, "the mark ff ff ff ff", "other bytes");
  }
  const length = view.getInt32(start + 4, true);
  const body = start + 8 + length;
  if (length === 0) {
    if (body !== view.byteLength) {
      throw malformed(
        "Arrow",
        `byte ${body}`,
        "nothing after the end marker",
        `${view.byteLength - body} bytes`,
      );
    }
    return undefined;
  }
  if (length < 8 || body > view.byteLength) {
    throw malformed("Arrow", place, "metadata inside the stream", `${length} bytes of it`);
  }

  const metadata = new DataView(view.buffer, view.byteOffset + start + 8, length);
  const root = tableAt(metadata, metadata.getInt32(0, true));
  const type = root(slots.message.type, (at) => metadata.getUint8(at)) ?? 0;
  const content = root(slots.message.header, (at) => tableAt(metadata, at + metadata.getInt32(at, true)));
  const size = Number(root(slots.message.bodyLength, (at) => metadata.getBigInt64(at, true)) ?? 0n);
  if (size < 0 || body + size > view.byteLength) {
    throw malformed("Arrow", place, "a body inside the stream", `${size} bytes of it`);
  }
  if (content === undefined) throw malformed("Arrow", place, "a header", "none");
  if (type !== (message === 0 ? messageType.schema : messageType.recordBatch)) {
    throw malformed(
      "Arrow",
      place,
      message === 0 ? "a schema" : "a record batch",
      `a message of type ${type}`,
    );
  }
  if (type === messageType.schema) checkSchema(metadata, content, place);
  else checkRecordBatch(metadata, content, size, place);
  return body + size;
}

function checkSchema(metadata: DataView, schema: FlatTable, place: string): void {
  const list = (at: number) => vectorAt(metadata, at, 4, place);
  const fields = schema(slots.schema.fields, list) ?? [];
  const extra = schema(slots.schema.metadata, list) ?? [];
  if (extra.length > 0) {
    throw malformed("Arrow", place, "a schema without metadata", `${extra.length} of them`);
  }
  for (const at of fields) {
    const field = tableAt(metadata, at + metadata.getInt32(at, true));
    const type = field(slots.field.type, (at) => metadata.getUint8(at)) ?? 0;
    const children = field(slots.field.children, list) ?? [];
    const annotations = field(slots.field.metadata, list) ?? [];
    const coded = field(slots.field.dictionary, () => true) ?? false;
    if (!columnTypes.includes(type) || children.length > 0 || annotations.length > 0 || coded) {
      throw malformed("Arrow", place, "plain columns of numbers, strings or booleans", "another column");
    }
  }
}

function checkRecordBatch(metadata: DataView, batch: FlatTable, size: number, place: string): void {
  const list = (at: number) => vectorAt(metadata, at, 16, place);
  const rows = Number(batch(slots.recordBatch.rows, (at) => metadata.getBigInt64(at, true)) ?? 0n);
  const nodes = batch(slots.recordBatch.nodes, list) ?? [];
  const regions = batch(slots.recordBatch.buffers, list) ?? [];
  if (batch(slots.recordBatch.compression, () => true) || batch(slots.recordBatch.variadic, () => true)) {
    throw malformed("Arrow", place, "plain buffers", "compressed ones or views");
  }
  // No column takes less than a bit a row.
  for (const count of [rows, ...nodes.map((at) => Number(metadata.getBigInt64(at, true)))]) {
    if (count < 0 || count > size * 8) {
      throw malformed("Arrow", place, `at most ${size * 8} rows in ${size} bytes`, `${count}`);
    }
  }
  for (const at of regions) {
    const offset = Number(metadata.getBigInt64(at, true));
    const length = Number(metadata.getBigInt64(at + 8, true));
    if (offset < 0 || length < 0 || offset + length > size) {
      throw malformed(
        "Arrow",
        place,
        `buffers inside the body of ${size} bytes`,
        `one at ${offset} of ${length} bytes`,
      );
    }
  }
}

/** Reads the field of a flatbuffer table whose slot is given, if it is there. */
type FlatTable = <A>(slot: number, read: (at: number) => A) => A | undefined;

function tableAt(view: DataView, at: number): FlatTable {
  const offsets = at - view.getInt32(at, true);
  const size = view.getUint16(offsets, true);
  return (slot, read) => {
    const offset = slot < size ? view.getUint16(offsets + slot, true) : 0;
    return offset === 0 ? undefined : read(at + offset);
  };
}

/** The places of a flatbuffer vector's elements, each of `stride` bytes. */
function vectorAt(view: DataView, at: number, stride: number, place: string): readonly number[] {
  const base = at + view.getInt32(at, true);
  const length = view.getUint32(base, true);
  if (base + 4 + length * stride > view.byteLength) {
    throw malformed("Arrow", place, "a list inside its metadata", `one of ${length} elements`);
  }
  return Array.from({ length }, (_, index) => base + 4 + index * stride);
}
