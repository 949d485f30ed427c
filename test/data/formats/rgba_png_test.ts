import { assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../../lib/data/formats/format_error.ts";
import { decodeRgbaPng } from "../../../lib/data/formats/rgba_png.ts";
import { readOrRefuse, truncations } from "./mutations.ts";

// Written by Pillow: two pixels of (1, 2, 3, 4); two grey ones of 7; and 5 × 2 pixels of a palette of 4 bits, whose
// colours red, green, blue, (9, 9, 9) have the alphas 255, 128, 0, 255, at the places 0 1 2 3 0 and 3 2 1 0 1.
const colours = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGNkZGJmYWBgYAAAAE4ADNAxgEUAAAAASUVORK5CYII=",
);
const grey = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNkZwAAABQACe7yN9AAAAAASUVORK5CYII=",
);
const palette = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAUAAAACBAMAAABiRAtuAAAAMFBMVEX/AAAA/wAAAP8JCQkAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" +
    "AAAAAACVF5C5AAAABHRSTlP/gAD/oaGUZgAAABBJREFUeJxjYFRmYDASEAAAAacAd5x7K6UAAAAASUVORK5CYII=",
);

Deno.test("decodeRgbaPng() reads colours with alpha", () => {
  assertEquals(decodeRgbaPng(colours), {
    dtype: "uint8",
    shape: [1, 2, 4],
    data: new Uint8Array([1, 2, 3, 4, 1, 2, 3, 4]),
  });
});

Deno.test("decodeRgbaPng() reads a palette whose places share bytes", () => {
  const [red, green, blue, dark] = [[255, 0, 0, 255], [0, 255, 0, 128], [0, 0, 255, 0], [9, 9, 9, 255]];
  const expected = [red, green, blue, dark, red, dark, blue, green, red, green].flat() as number[];
  assertEquals(decodeRgbaPng(palette), { dtype: "uint8", shape: [2, 5, 4], data: new Uint8Array(expected) });
});

Deno.test("decodeRgbaPng() refuses other kinds of pictures, and files that are cut off", () => {
  assertThrows(() => decodeRgbaPng(grey, "PNG x"), FormatError, "expected 4 channels of 8 bits or a palette");
  for (const [name, bytes] of truncations(colours)) readOrRefuse(name, () => decodeRgbaPng(bytes));
});
