import { assert, assertEquals, assertThrows } from "@std/assert";
import { elementCount, tensor, TensorError } from "../../lib/tensor/array.ts";

Deno.test("tensor() turns plain numbers into the dtype's own array", () => {
  assertEquals(tensor("int64", [2], [1, -2]).data, BigInt64Array.of(1n, -2n));
  assertEquals(tensor("bool", [2], [0, 1]).data, Uint8Array.of(0, 1));
  assertEquals(tensor("float64", [], [Math.PI]).data, Float64Array.of(Math.PI));
});

Deno.test("tensor() keeps an array of the right class without a copy", () => {
  const data = Float32Array.of(1, 2);
  assert(tensor("float32", [2, 1], data).data === data);
});

Deno.test("tensor() refuses elements that do not fit", () => {
  assertThrows(
    () => tensor("float32", [2, 2], [1, 2, 3]),
    TensorError,
    "the tensor has the shape [2,2], which holds 4 elements, but comes with 3.",
  );
  assertThrows(
    () => tensor("int32", [1], Float32Array.of(1)),
    TensorError,
    "says int32 but is held in Float32Array; int32 is held in Int32Array.",
  );
  assertThrows(
    () => tensor("float16" as never, [1], Float32Array.of(1)),
    TensorError,
    "has the dtype float16, which is none of float32, ",
  );
  assertThrows(
    () => tensor("int32", [1.5], [1]),
    TensorError,
    "whose axis 0 is not a whole number of at least 0.",
  );
});

Deno.test("elementCount() of a scalar is 1, of an empty axis 0", () => {
  assertEquals([elementCount([]), elementCount([3, 0]), elementCount([2, 3])], [1, 0, 6]);
});
