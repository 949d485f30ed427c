import { assertEquals, assertThrows } from "@std/assert";
import { decodeCifar } from "../../../lib/data/formats/cifar.ts";
import { FormatError } from "../../../lib/data/formats/format_error.ts";

/** Two records whose red is 1, green 2 and blue 3, but for the first pixel of the second. */
function batch(): Uint8Array {
  const planes = [1, 2, 3].flatMap((level) => Array<number>(1024).fill(level));
  const bytes = Uint8Array.of(6, ...planes, 9, ...planes);
  bytes.set([11], 3074);
  bytes.set([12], 3074 + 1024);
  bytes.set([13], 3074 + 2048);
  return bytes;
}

Deno.test("decodeCifar() puts the colours of a pixel together", () => {
  const { images, labels } = decodeCifar(batch());
  assertEquals([...labels], [6, 9]);
  assertEquals([...images.subarray(0, 6)], [1, 2, 3, 1, 2, 3]);
  assertEquals([...images.subarray(3072, 3078)], [11, 12, 13, 1, 2, 3]);
  assertEquals(images.length, 2 * 3072);
});

Deno.test("decodeCifar() refuses half a record and a label that is none", () => {
  assertThrows(
    () => decodeCifar(batch().subarray(1)),
    FormatError,
    "at the end: expected a multiple of 3073 bytes, found 6145.",
  );
  assertThrows(
    () => decodeCifar(batch().with(3073, 10)),
    FormatError,
    "at byte 3073: expected a label from 0 to 9, found 10.",
  );
});
