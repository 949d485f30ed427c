import { assertEquals } from "@std/assert";
import { type Cutout, paste, resized } from "../../lib/data/cutout.ts";

/** A square of one colour, covered as `covers` says. */
function square(side: number, covers: (row: number, column: number) => number): Cutout {
  const data = new Uint8Array(side * side * 4);
  for (let place = 0; place < side * side; place++) {
    data.set([10, 20, 30, covers(Math.floor(place / side), place % side)], place * 4);
  }
  return { side, data };
}

Deno.test("resized() to its own side changes nothing that is covered", () => {
  const cutout = square(3, (row, column) => row === column ? 255 : 100);
  assertEquals(resized(cutout, 3), cutout);
});

Deno.test("resized() takes the mean of areas, also where they do not line up", () => {
  // Of three columns covered 0, 255, 255, the left of two new ones has 1 part bare and ½ covered: a third.
  const { data } = resized(square(3, (_, column) => column === 0 ? 0 : 255), 2);
  assertEquals([...data], [10, 20, 30, 85, 10, 20, 30, 255, 10, 20, 30, 85, 10, 20, 30, 255]);
});

Deno.test("resized() weights colours by their cover", () => {
  const red = [255, 0, 0, 255];
  const hidden = [0, 0, 255, 0];
  const { data } = resized({ side: 2, data: new Uint8Array([red, hidden, red, hidden].flat()) }, 1);
  assertEquals([...data], [255, 0, 0, 128]);
});

Deno.test("paste() mixes by cover, and masks what is at least half covered", () => {
  const covers = [[255, 128], [127, 0]];
  const picture = new Uint8Array(3 * 3 * 3).fill(100);
  const mask = new Uint8Array(9);
  paste(square(2, (row, column) => covers[row]![column]!), picture, mask, { side: 3, left: 1, top: 0 });
  assertEquals([...mask], [0, 1, 1, 0, 0, 0, 0, 0, 0]);
  const pixel = (row: number, column: number) => [...picture.subarray((row * 3 + column) * 3).subarray(0, 3)];
  assertEquals(pixel(0, 1), [10, 20, 30]);
  assertEquals(pixel(0, 2), [55, 60, 65]); // 128 / 255 of the way
  assertEquals(pixel(1, 2), [100, 100, 100]);
  assertEquals(pixel(2, 0), [100, 100, 100]);
});
