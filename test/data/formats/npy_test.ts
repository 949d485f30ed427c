import { assert, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeNpy } from "../../../lib/data/formats/npy.ts";
import { damages, readOrRefuse, truncations } from "./mutations.ts";

// Written by NumPy 2.4.6: numpy.save(file, numpy.array([[1.5, -2], [0, 3]], "<f8")), in base64.
const saved = Uint8Array.fromBase64(
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4PwAAAAAAAADAAAAAAAAAAAAAAAAAAAAIQA==",
);

Deno.test("decodeNpy() reads what NumPy saved", () => {
  assertEquals(decodeNpy(saved), { dtype: "float64", shape: [2, 2], data: Float64Array.of(1.5, -2, 0, 3) });
});

Deno.test("decodeNpy() reads from an address that is not aligned", () => {
  const shifted = new Uint8Array(saved.length + 1);
  shifted.set(saved, 1);
  assertEquals(decodeNpy(shifted.subarray(1)).data, Float64Array.of(1.5, -2, 0, 3));
});

Deno.test("decodeNpy() reads scalars, vectors and every dtype that a tensor has", () => {
  const read = (descr: string, shape: string, bytes: number[]) => decodeNpy(written(descr, shape, bytes));
  assertEquals(read("|u1", "()", [7]), { dtype: "uint8", shape: [], data: Uint8Array.of(7) });
  assertEquals(read("|b1", "(2,)", [0, 1]), { dtype: "bool", shape: [2], data: Uint8Array.of(0, 1) });
  assertEquals(read("<i8", "(1,)", [254, 255, 255, 255, 255, 255, 255, 255]).data, BigInt64Array.of(-2n));
  assertEquals(read("<i4", "(1,)", [254, 255, 255, 255]).data, Int32Array.of(-2));
  assertEquals(read("<f4", "(1, 1)", [0, 0, 192, 63]).data, Float32Array.of(1.5));
});

Deno.test("decodeNpy() names the place, what belongs there and what came", () => {
  assertThrows(
    () => decodeNpy(written(">f8", "(1,)", Array(8).fill(0))),
    FormatError,
    "at descr: expected one of <f4",
  );
  assertThrows(
    () => decodeNpy(written("|b1", "(1,)", [2])),
    FormatError,
    "expected a bool of 0 or 1, found 2.",
  );
  assertThrows(
    () => decodeNpy(written("<f4", "(1000000, 1000000)", [0, 0, 0, 0]), "NPY weights.npy"),
    FormatError,
    "expected 4000000000000 bytes for <f4 of shape [1000000,1000000], found 4.",
  );
  assertThrows(() => decodeNpy(Uint8Array.of(1, 2, 3)), FormatError, "at byte 0: expected the magic string");
});

Deno.test("decodeNpy() refuses every truncation", () => {
  for (const [what, bytes] of truncations(saved)) {
    assert(readOrRefuse(what, () => decodeNpy(bytes)) instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeNpy() refuses or reads every damaged header", () => {
  for (const [what, bytes] of damages(saved, saved.length - 32)) readOrRefuse(what, () => decodeNpy(bytes));
});

function written(descr: string, shape: string, bytes: number[]): Uint8Array {
  const header = new TextEncoder().encode(
    `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`,
  );
  return Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0, ...header, ...bytes);
}
