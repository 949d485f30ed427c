import { assert, assertEquals, assertThrows } from "@std/assert";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import { decodeArrow, encodeArrow } from "../../../lib/data/formats/arrow.ts";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { damages, readOrRefuse, scrambles, truncations } from "./mutations.ts";

const columns = {
  tokens: [64, 128.5, null],
  attention: ["tssa", "é", null],
  right: [true, null, false],
  unknown: [null, null, null],
};

Deno.test("encodeArrow() gives back what went in", () => {
  assertEquals(decodeArrow(encodeArrow(columns)), columns);
  assertEquals(decodeArrow(encodeArrow({})), {});
  assertEquals(decodeArrow(encodeArrow({ empty: [] })), { empty: [] });
  assertEquals(decodeArrow(encodeArrow({ far: [-Infinity, -0, 1e300] })), { far: [-Infinity, -0, 1e300] });
});

Deno.test("decodeArrow() reads many rows", () => {
  const many = Array.from({ length: 20_000 }, (_, row) => row);
  const read = decodeArrow(
    encodeArrow({ many, names: many.map(String), even: many.map((row) => row % 2 === 0) }),
  );
  assertEquals([read.many, read.names?.at(-1), read.even?.at(-1)], [many, "19999", false]);
});

Deno.test("encodeArrow() is deterministic and keeps the order of columns", () => {
  assertEquals(encodeArrow(columns), encodeArrow(structuredClone(columns)));
  assertEquals(Object.keys(decodeArrow(encodeArrow({ b: [1], a: [2] }))), ["b", "a"]);
});

Deno.test("encodeArrow() refuses what would not come back, naming column and row", () => {
  const refused = (columns: Parameters<typeof encodeArrow>[0], message: string) =>
    assertThrows(() => encodeArrow(columns), FormatError, message);
  refused({ a: [1, 2], b: [1] }, `at column "b": expected 2 rows, as in the first column, found 1.`);
  refused({ a: [null, 1, "x"] }, `at column "a", row 2: expected a number, as in row 1, found a string.`);
  refused({ a: [1, NaN] }, `at column "a", row 1: expected a number or null, found NaN.`);
  refused({ a: ["\ud800"] }, `at column "a", row 0: expected whole characters, found half a surrogate pair.`);
  refused(
    { a: [{} as never] },
    `at column "a", row 0: expected a number, a string, a boolean or null, found a object.`,
  );
});

Deno.test("decodeArrow() refuses Arrow that encodeArrow() does not write", () => {
  const stream = (data: Parameters<typeof tableFromArrays>[0]) =>
    tableToIPC(tableFromArrays(data), { format: "stream" })!;
  const narrow = stream({ narrow: Float32Array.of(1, 2) });
  assertThrows(() => decodeArrow(narrow), FormatError, "expected the stream that these columns make");
  assertThrows(() => decodeArrow(stream({ whole: [1, 2, 3] })), FormatError, "plain columns");
  assertThrows(() => decodeArrow(stream({ coded: ["a", "a", "b"] })), FormatError, "plain columns");
  assertThrows(() => decodeArrow(stream({ nested: [[1], [2]] })), FormatError, "plain columns");
  assertThrows(
    () => decodeArrow(tableToIPC(tableFromArrays({ a: [1.5] }), { format: "file" })!),
    FormatError,
    "the mark ff ff ff ff",
  );
});

Deno.test("decodeArrow() refuses every truncation", () => {
  for (const [what, bytes] of truncations(encodeArrow(columns))) {
    assert(readOrRefuse(what, () => decodeArrow(bytes)) instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeArrow() reads a damaged byte only as the columns that it makes", () => {
  for (const [what, bytes] of damages(encodeArrow(columns))) {
    const read = readOrRefuse(what, () => decodeArrow(bytes));
    if (!(read instanceof FormatError)) assertEquals(encodeArrow(read), bytes, what);
  }
});

Deno.test("decodeArrow() reads scrambled bytes only as the columns that they make", () => {
  for (const [what, bytes] of scrambles(encodeArrow(columns), 3000)) {
    const read = readOrRefuse(what, () => decodeArrow(bytes));
    if (!(read instanceof FormatError)) assertEquals(encodeArrow(read), bytes, what);
  }
});
