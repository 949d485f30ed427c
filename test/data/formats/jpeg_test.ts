import { assert, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeJpeg } from "../../../lib/data/formats/jpeg.ts";
import { damages, readOrRefuse, truncations } from "./mutations.ts";

// Written by Pillow 13.0.0: eight rows of (30 x + 10, 30 y + 10, 255 - 16 (x + y)), quality 75, chroma not subsampled.
const picture = Uint8Array.fromBase64(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgy" +
    "PC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjL/wAARCAAI" +
    "AAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABkQAAEFAAAAAAAAAAAAAAAAAAAFBiMyof/EABUBAQEAAAAAAAAAAAAAAAAA" +
    "AAIE/8QAGBEAAgMAAAAAAAAAAAAAAAAAAAUGITH/2gAMAwEAAhEDEQA/ACpLPrHhY7km2GPN8s//2Q==",
);

// The first and the last row as Pillow reads them back.
const firstRow = [
  13,
  10,
  249,
  36,
  11,
  235,
  70,
  12,
  218,
  101,
  12,
  200,
  129,
  11,
  185,
  160,
  10,
  169,
  194,
  12,
  149,
  217,
  13,
  138,
];
const lastRow = [
  12,
  218,
  146,
  36,
  218,
  135,
  69,
  220,
  115,
  100,
  219,
  99,
  128,
  218,
  84,
  159,
  218,
  66,
  193,
  219,
  48,
  216,
  220,
  35,
];

Deno.test("decodeJpeg() agrees with Pillow to two levels", () => {
  const { dtype, shape, data } = decodeJpeg(picture);
  assertEquals([dtype, shape], ["uint8", [8, 8, 3]]);
  const off = [...firstRow.entries()].map(([place, level]) => Number(data[place]) - level)
    .concat([...lastRow.entries()].map(([place, level]) => Number(data[7 * 24 + place]) - level));
  assert(off.every((difference) => Math.abs(difference) <= 2), `${off}`);
});

Deno.test("decodeJpeg() refuses a picture larger than any photograph", () => {
  const place = picture.findIndex((byte, index) => byte === 0xff && picture[index + 1] === 0xc0) + 5;
  const huge = picture.slice();
  huge.set([0xff, 0xff, 0xff, 0xff], place);
  assertThrows(
    () => decodeJpeg(huge, "JPEG cat/0001.jpg"),
    FormatError,
    "Malformed JPEG cat/0001.jpg at its coded pixels: expected a readable picture, found ",
  );
});

Deno.test("decodeJpeg() refuses every truncation", () => {
  for (const [what, bytes] of truncations(picture)) {
    assert(readOrRefuse(what, () => decodeJpeg(bytes)) instanceof FormatError, `${what} was read`);
  }
});

Deno.test("decodeJpeg() refuses or reads every damaged header", () => {
  for (const [what, bytes] of damages(picture, 200)) readOrRefuse(what, () => decodeJpeg(bytes));
});
