import { assertEquals } from "@std/assert";
import { EMOJI_SIDE, onGround } from "../../lib/data/captioned_emoji.ts";
import { tensor } from "../../lib/tensor/array.ts";

Deno.test("onGround() means over squares, with grey where nothing covers", () => {
  const side = 2 * EMOJI_SIDE;
  const pixels = new Uint8Array(side * side * 4);
  // The first square: one red pixel, one half-covered black one, two that nothing covers.
  pixels.set([250, 0, 0, 255], 0);
  pixels.set([0, 0, 0, 51], 4);
  const picture = onGround(tensor("uint8", [side, side, 4], pixels));
  assertEquals([...picture.subarray(0, 3)], [
    Math.round((250 + 160 + 400) / 4),
    Math.round((0 + 160 + 400) / 4),
    Math.round((0 + 160 + 400) / 4),
  ]);
  assertEquals([...picture.subarray(3, 6)], [200, 200, 200]);
});
