import { assert, assertEquals } from "@std/assert";
import { cropAndFlip } from "../../lib/train/augment.ts";

// One image of 2 × 3 pixels that tell their place, many times.
const pixels = [11, 12, 13, 21, 22, 23];
const images = (count: number) => ({
  dtype: "float32" as const,
  shape: [count, 2, 3, 1],
  data: Float32Array.from({ length: 6 * count }, (_, i) => pixels[i % 6]!),
});

Deno.test("cropAndFlip() is a function of the seed and the step", () => {
  const crops = (
    seed: number,
    step: number,
  ) => [...cropAndFlip(images(8), { seed, step }).data as Float32Array];
  assertEquals(crops(1, 2), crops(1, 2));
  assert(String(crops(1, 2)) !== String(crops(1, 3)));
  assert(String(crops(1, 2)) !== String(crops(2, 2)));
});

Deno.test("cropAndFlip() shifts by at most 4 pixels, mirrors half of the images, and fills with black", () => {
  const count = 2000;
  const { data, shape } = cropAndFlip(images(count), { seed: 0, step: 0 });
  assertEquals(shape, [count, 2, 3, 1]);
  // Where a whole row is seen its order says whether it was mirrored.
  const rows = Array.from(
    { length: 2 * count },
    (_, row) => [...data.subarray(3 * row, 3 * row + 3) as Float32Array].join(),
  );
  const straight = rows.filter((row) => row === "11,12,13" || row === "21,22,23").length;
  const mirrored = rows.filter((row) => row === "13,12,11" || row === "23,22,21").length;
  // A row is whole for 1 of the 9 shifts to the side, and comes from one of the 2 rows for 2 of the 9 shifts up or down.
  const expected = 2 * count * (1 / 9) * (2 / 9) / 2;
  const deviation = Math.sqrt(expected);
  assert(Math.abs(straight - expected) < 4 * deviation, `${straight} rows are straight`);
  assert(Math.abs(mirrored - expected) < 4 * deviation, `${mirrored} rows are mirrored`);
  assert(data.every((value) => value === 0 || pixels.includes(Number(value))));
});
