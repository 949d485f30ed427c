import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fourierFeatures } from "../../lib/nn/fourier_position.ts";
import { patchify } from "../../lib/nn/patch.ts";
import { tf } from "../../lib/tensor/native.ts";
import "./tensorflow.ts";

Deno.test("patchify() orders a patch's values by row, column, channel", () => {
  // A pixel's value says where it is: 16 · channel + 4 · row + column.
  const image = tf.buffer([1, 4, 4, 3]);
  for (let y = 0; y < 4; y++) {
    for (let x = 0; x < 4; x++) for (let c = 0; c < 3; c++) image.set(16 * c + 4 * y + x, 0, y, x, c);
  }
  const patches = patchify(image.toTensor(), 2).arraySync()[0]!;
  assertEquals(patches[0], [0, 16, 32, 1, 17, 33, 4, 20, 36, 5, 21, 37]);
  assertEquals(patches.map((patch) => patch[0]), [0, 2, 8, 10]);
});

Deno.test("fourierFeatures() has the row's sines and cosines before the column's", () => {
  const features = fourierFeatures(2, 3);
  const patch = (row: number, column: number) =>
    features.subarray(64 * (3 * row + column), 64 * (3 * row + column + 1));
  const turn = 2 * Math.PI;
  assertAlmostEquals(patch(0, 2)[0]!, Math.sin(turn / 2), 1e-5);
  assertAlmostEquals(patch(0, 2)[1]!, Math.cos(turn / 2), 1e-5);
  assertAlmostEquals(patch(1, 0)[32]!, Math.sin(turn / 3), 1e-5);
  assertAlmostEquals(patch(1, 0)[35]!, Math.cos(turn / 3 / 10_000 ** (2 / 32)), 1e-5);
});
