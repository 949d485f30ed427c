import { assert, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeIdx } from "../../../lib/data/formats/idx.ts";
import { damages, readOrRefuse, truncations } from "./mutations.ts";

const matrix = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

Deno.test("decodeIdx() reads bytes without a copy", () => {
  const { dtype, shape, data } = decodeIdx(matrix);
  assertEquals([dtype, shape, [...data as Uint8Array]], ["uint8", [2, 3], [1, 2, 3, 4, 5, 6]]);
  assert(data.buffer === matrix.buffer);
});

Deno.test("decodeIdx() reads big-endian numbers", () => {
  const read = (
    code: number,
    ...bytes: number[]
  ) => [...decodeIdx(Uint8Array.of(0, 0, code, 1, 0, 0, 0, 1, ...bytes)).data];
  assertEquals(read(0x0c, 0xff, 0xff, 0xff, 0xfe), [-2]);
  assertEquals(read(0x0d, 0x3f, 0xc0, 0, 0), [1.5]);
  assertEquals(read(0x0e, 0xc0, 0x04, 0, 0, 0, 0, 0, 0), [-2.5]);
});

Deno.test("decodeIdx() names the place, what belongs there and what came", () => {
  const lying = matrix.with(4, 0xff);
  assertThrows(
    () => decodeIdx(lying, "IDX digits"),
    FormatError,
    "Malformed IDX digits at byte 12: expected 12834570246 bytes for uint8 of shape [4278190082,3], found 6.",
  );
  assertThrows(
    () => decodeIdx(matrix.with(2, 9)),
    FormatError,
    "at byte 2: expected a type among 0x08, 0x0c, 0x0d, 0x0e, found 0x09.",
  );
  assertThrows(
    () => decodeIdx(matrix.with(0, 0x1f)),
    FormatError,
    "at byte 0: expected two zero bytes, found 0x1f 0x00.",
  );
});

Deno.test("decodeIdx() refuses every truncation", () => {
  for (const [what, bytes] of truncations(matrix)) {
    assert(readOrRefuse(what, () => decodeIdx(bytes)) instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeIdx() refuses or reads every damaged header, without allocating for it", () => {
  for (const [what, bytes] of damages(matrix, 12)) readOrRefuse(what, () => decodeIdx(bytes));
});
