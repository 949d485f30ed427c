import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeGguf, dequantise } from "../../../lib/data/formats/gguf.ts";

/** A file written by the `gguf` package, version 0.17: `gguf_reference.py`. */
const file = Uint8Array.fromBase64(
  [
    "R0dVRgMAAAADAAAAAAAAAAUAAAAAAAAAFAAAAAAAAABnZW5lcmFsLmFyY2hpdGVjdHVyZQgAAAAFAAAAAAAAAGxsYW1hEQAAAAAA",
    "AABsbGFtYS5ibG9ja19jb3VudAQAAAADAAAAFAAAAAAAAABsbGFtYS5yb3BlLmZyZXFfYmFzZQYAAAAAAAA/FQAAAAAAAAB0b2tl",
    "bml6ZXIuZ2dtbC50b2tlbnMJAAAACAAAAAIAAAAAAAAAAQAAAAAAAABhAgAAAAAAAADDqQwAAAAAAAAAZ2VuZXJhbC50aW55BwAA",
    "AAEFAAAAAAAAAHBsYWluAgAAAAMAAAAAAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAGZpbmUCAAAAIAAAAAAAAAABAAAA",
    "AAAAAAgAAAAgAAAAAAAAAAYAAAAAAAAAY29hcnNlAgAAACAAAAAAAAAAAgAAAAAAAAADAAAAYAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "AAAAAAAAAAAAbL8APn9GB7698iM/39XWPaEhCb/9Irk+AAAAAAAAAACwJEc02rveAoH0vNji7xY5+UvcEzEF187nDMn19x4ME9z5",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAcTRowDudk61Na2lH7W+efenUqApDM5u9lsk7417QQzp2v3dDBQGBuQAAAAAA",
    "AAAAAAAAAAAAAAAAAAAAAAAAAA==",
  ].join(""),
);
const { facts, tensors } = decodeGguf(file);
const values = (name: string) => dequantise(tensors[name]!).data as Float32Array;

Deno.test("decodeGguf() reads facts of every type", () => {
  assertEquals(facts["general.architecture"], "llama");
  assertEquals(facts["llama.block_count"], 3);
  assertEquals(facts["llama.rope.freq_base"], 0.5);
  assertEquals(facts["tokenizer.ggml.tokens"], ["a", "é"]);
  assertEquals(facts["general.tiny"], true);
});

Deno.test("dequantise() gives the elements that the gguf package gives", () => {
  assertEquals([tensors.plain!.type, tensors.plain!.shape], ["F32", [2, 3]]);
  assertEquals(
    [...values("plain")],
    [
      0.1257302165031433,
      -0.13210485875606537,
      0.6404226422309875,
      0.10490011423826218,
      -0.5356693863868713,
      0.3615950644016266,
    ],
  );
  const reference = {
    fine: [1.300048828125, 0.9521484375, 1.373291015625, -0.6591796875, -0.128173828125, 20.819091796875],
    coarse: [0.850341796875, 1.405517578125, 0.57275390625, -1.370361328125, -2.203125, 57.94189453125],
  };
  assertEquals([tensors.fine!.type, tensors.coarse!.type], ["Q8_0", "Q4_1"]);
  assertEquals([tensors.fine!.shape, tensors.coarse!.shape], [[1, 32], [2, 32]]);
  for (const [name, [...expected]] of Object.entries(reference)) {
    const total = expected.pop()!;
    const found = values(name);
    // To the rounding of float32: the package multiplies and adds apart.
    [0, 1, 15, 16, 31].forEach((place, index) => assertAlmostEquals(found[place]!, expected[index]!, 1e-6));
    assertAlmostEquals(found.reduce((sum, value) => sum + Math.abs(value), 0), total, 1e-4);
  }
});

Deno.test("a GGUF file cut off anywhere is refused in words", () => {
  for (let length = 0; length < file.length - 32; length += 7) {
    const error = assertThrows(() => decodeGguf(file.subarray(0, length)), FormatError);
    assert(/^Malformed GGUF at /.test(error.message), error.message);
  }
});

Deno.test("dequantise() names the types of blocks that it reads", () => {
  const error = assertThrows(
    () => dequantise({ type: "Q4_K", shape: [256], bytes: new Uint8Array(144) }),
    FormatError,
  );
  assertEquals(
    error.message,
    "Malformed GGUF at a tensor's type: expected one of F32, F16, Q4_1, Q8_0, found Q4_K.",
  );
});
