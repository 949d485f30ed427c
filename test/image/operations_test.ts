import { assert, assertEquals } from "@std/assert";
import { moveLeft, moveUp, type Resampling, rotate, shearX, shearY } from "../../lib/image/affine.ts";
import { brightness, colour, contrast, sharpness } from "../../lib/image/enhance.ts";
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from "../../lib/image/levels.ts";
import { greyOf, type Picture } from "../../lib/image/picture.ts";
import reference from "./reference.json" with { type: "json" };

const { height, width } = reference;
const picture: Picture = { height, width, channels: 3, data: Uint8Array.fromBase64(reference.picture) };

const operations: Readonly<Record<string, (value: number, resampling: Resampling) => Picture>> = {
  invert: () => invert(picture),
  solarize: (threshold) => solarize(picture, threshold),
  solarizeAdd: (amount) => solarizeAdd(picture, amount),
  posterize: (bits) => posterize(picture, bits),
  autoContrast: () => autoContrast(picture),
  equalize: () => equalize(picture),
  brightness: (factor) => brightness(picture, factor),
  contrast: (factor) => contrast(picture, factor),
  colour: (factor) => colour(picture, factor),
  sharpness: (factor) => sharpness(picture, factor),
  shearX: (factor, resampling) => shearX(picture, factor, { resampling, fill: [124, 116, 104] }),
  shearY: (factor, resampling) => shearY(picture, factor, { resampling, fill: [124, 116, 104] }),
  moveLeft: (pixels, resampling) => moveLeft(picture, pixels, { resampling, fill: [124, 116, 104] }),
  moveUp: (pixels, resampling) => moveUp(picture, pixels, { resampling, fill: [124, 116, 104] }),
  rotate: (degrees, resampling) => rotate(picture, degrees, { resampling, fill: [124, 116, 104] }),
};

for (const [name, expected] of Object.entries(reference.results)) {
  Deno.test(`${name} gives Pillow's levels`, () => {
    const levels = [...Uint8Array.fromBase64(expected)];
    const [operation, value, resampling] = name.split(" ");
    const { data } = operations[operation!]!(Number(value), resampling as Resampling);
    assertEquals(data.length, levels.length);
    const worst = Math.max(...levels.map((level, at) => Math.abs(level - data[at]!)));
    assert(worst <= 1, `one of the levels is ${worst} away`);
  });
}

Deno.test("operations on grey pictures see one channel", () => {
  const grey: Picture = { height, width, channels: 1, data: greyOf(picture) };
  assertEquals(colour(grey, 0.1).data, grey.data); // it has no colour to lose
  assertEquals(rotate(grey, 90, { resampling: "nearest", fill: [0] }).data.length, height * width);
});
