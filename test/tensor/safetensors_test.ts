import { assert, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../lib/data/formats/format_error.ts";
import { tensor, TensorError } from "../../lib/tensor/array.ts";
import { decodeSafetensors, encodeSafetensors } from "../../lib/tensor/safetensors.ts";
import { damages, readOrRefuse, scrambles, truncations } from "../data/formats/mutations.ts";

// Written by Python's safetensors 0.8.0: save({"weight": [[1.5, -2], [0, 3]] as <f4, "steps": [7] as <i8,
// "mask": [True, False, True]}, {"made": "by Python"}), in base64.
const fromPython = Uint8Array.fromBase64(
  "2AAAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJtYWRlIjoiYnkgUHl0aG9uIn0sInN0ZXBzIjp7ImR0eXBlIjoiSTY0Iiwic2hhcGUiOlsxXSwiZGF0" +
    "YV9vZmZzZXRzIjpbMCw4XX0sIndlaWdodCI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwyXSwiZGF0YV9vZmZzZXRzIjpbOCwyNF19LCJtYXNr" +
    "Ijp7ImR0eXBlIjoiQk9PTCIsInNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzI0LDI3XX19ICAHAAAAAAAAAAAAwD8AAADAAAAAAAAAQEABAAE=",
);

const file = {
  metadata: { made: "by hand" },
  tensors: {
    mask: tensor("bool", [3], [1, 0, 1]),
    weight: tensor("float32", [2, 2], [1.5, -2, 0, 3]),
    pixels: tensor("uint8", [1, 2], [0, 255]),
    steps: tensor("int64", [1], [-7]),
    nothing: tensor("int32", [0, 4], []),
    pi: tensor("float64", [], [Math.PI]),
  },
};

Deno.test("decodeSafetensors() reads what Python wrote", () => {
  assertEquals(decodeSafetensors(fromPython), {
    metadata: { made: "by Python" },
    tensors: {
      steps: tensor("int64", [1], [7]),
      weight: tensor("float32", [2, 2], [1.5, -2, 0, 3]),
      mask: tensor("bool", [3], [1, 0, 1]),
    },
  });
});

Deno.test("encodeSafetensors() gives back what went in, whatever the address", () => {
  const bytes = encodeSafetensors(file);
  assertEquals(decodeSafetensors(bytes), file);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  assertEquals(decodeSafetensors(shifted.subarray(1)), file);
});

Deno.test("encodeSafetensors() does not depend on the order of names", () => {
  const backwards = Object.fromEntries(Object.entries(file.tensors).reverse());
  assertEquals(encodeSafetensors({ ...file, tensors: backwards }), encodeSafetensors(file));
});

Deno.test("encodeSafetensors() takes names that are special in JavaScript", () => {
  const tensors = Object.fromEntries([["__proto__", tensor("uint8", [1], [1])], [
    "constructor",
    tensor("uint8", [1], [2]),
  ]]);
  const read = decodeSafetensors(encodeSafetensors({ metadata: {}, tensors }));
  assertEquals(Object.keys(read.tensors).sort(), ["__proto__", "constructor"]);
});

Deno.test("decodeSafetensors() copies nothing from aligned bytes", () => {
  const bytes = encodeSafetensors(file);
  for (const { data } of Object.values(decodeSafetensors(bytes).tensors)) {
    assert(data.buffer === bytes.buffer);
  }
});

Deno.test("encodeSafetensors() refuses tensors whose elements do not fit", () => {
  const encode =
    (shape: number[], data: Float32Array | Uint8Array, dtype: "float32" | "bool" = "float32") => () =>
      encodeSafetensors({ metadata: {}, tensors: { w: { dtype, shape, data } } });
  assertThrows(
    encode([3], new Float32Array(2)),
    TensorError,
    'the tensor "w" has the shape [3], which holds 3 elements, but comes with 2.',
  );
  assertThrows(encode([2], new Uint8Array(2)), TensorError, "says float32 but is held in Uint8Array");
  assertThrows(encode([-1], new Float32Array(2)), TensorError, "whose axis 0 is not a whole number");
  assertThrows(encode([1], Uint8Array.of(2), "bool"), TensorError, "element 0 is 2; a bool is 0 or 1.");
});

Deno.test("encodeSafetensors() refuses a tensor by the name of the metadata", () => {
  const tensors = { __metadata__: tensor("uint8", [1], [1]) };
  assertThrows(() => encodeSafetensors({ metadata: {}, tensors }), TensorError, "__metadata__");
});

Deno.test("decodeSafetensors() names the place, what belongs there and what came", () => {
  const lies: readonly [header: string, body: number, message: string][] = [
    ["[]", 0, "at the header: expected a JSON object, found []."],
    [
      `{"w":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}`,
      2,
      `at the tensor "w": expected a dtype among F32`,
    ],
    [
      `{"w":{"dtype":"U8","shape":[-1],"data_offsets":[0,2]}}`,
      2,
      `at the tensor "w": expected a shape of whole numbers`,
    ],
    [`{"w":{"dtype":"U8","shape":[2],"data_offsets":[0]}}`, 2, `expected data_offsets of two whole numbers`],
    [
      `{"w":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}`,
      4,
      "expected 36 bytes for F32 of shape [9], found 4 bytes.",
    ],
    [
      `{"w":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`,
      3,
      `at the tensor "w": expected a start at 0, found 1.`,
    ],
    [
      `{"w":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`,
      3,
      "at the end: expected 2 bytes of elements, found 3.",
    ],
    [
      `{"w":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}`,
      3,
      "at the end: expected 9 bytes of elements, found 3.",
    ],
    [
      `{"w":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}`,
      1,
      `at element 0 of the tensor "w": expected a bool of 0 or 1, found 7.`,
    ],
    [`{"__metadata__":{"made":1}}`, 0, "at __metadata__: expected an object of strings"],
    [
      `{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`,
      3,
      "expected a start at 2, found 1.",
    ],
    [`{"w":`, 0, "Malformed safetensors header at character 5: expected JSON, found the end of the text."],
  ];
  for (const [header, body, message] of lies) {
    assertThrows(() => decodeSafetensors(written(header, body)), FormatError, message);
  }
});

Deno.test("decodeSafetensors() does not believe a header length beyond the bytes", () => {
  const bytes = encodeSafetensors(file);
  bytes.fill(0xff, 0, 7);
  assertThrows(
    () => decodeSafetensors(bytes),
    FormatError,
    `at byte 0: expected a header length of at most ${bytes.length - 8}`,
  );
});

Deno.test("decodeSafetensors() refuses every truncation", () => {
  for (const [what, bytes] of truncations(encodeSafetensors(file))) {
    assert(readOrRefuse(what, () => decodeSafetensors(bytes)) instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeSafetensors() refuses or reads every damaged byte", () => {
  for (const [what, bytes] of damages(fromPython)) readOrRefuse(what, () => decodeSafetensors(bytes));
});

Deno.test("decodeSafetensors() refuses or reads scrambled bytes", () => {
  for (const [what, bytes] of scrambles(fromPython, 3000)) readOrRefuse(what, () => decodeSafetensors(bytes));
});

function written(header: string, body: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + text.length + body).fill(7);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
