import { assertEquals } from "@std/assert";
import { middleOf } from "../../lib/data/middle.ts";
import { tensor } from "../../lib/tensor/array.ts";

Deno.test("middleOf() scales the short side and cuts out the middle", () => {
  // A ramp from left to right, twice as wide as high: its middle half remains.
  const ramp = tensor("uint8", [4, 8, 3], Array.from({ length: 96 }, (_, i) => 10 * (Math.floor(i / 3) % 8)));
  const middle = middleOf(ramp, 4, 4);
  assertEquals(Array.from({ length: 4 }, (_, column) => middle[column * 3]), [20, 30, 40, 50]);
  // Half the size: each pixel is the mean of four.
  assertEquals(Array.from({ length: 2 }, (_, column) => middleOf(ramp, 2, 2)[column * 3]), [25, 45]);
});
