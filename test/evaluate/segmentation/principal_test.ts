import { assertAlmostEquals, assertEquals } from "@std/assert";
import { principalCoordinates, smallerSide } from "../../../lib/evaluate/segmentation/principal.ts";
import { matrix64 } from "../../../lib/tensor/linalg64.ts";

Deno.test("principalCoordinates() are numpy's, the largest element of each axis positive", () => {
  // X = sin(3 + arange(28)).reshape(7, 4): deviations times numpy.linalg.eigh's vectors of their covariance.
  const expected = [
    ...[[-0.0159902, -1.09071598], [0.9424449, 0.99407951], [-1.70158592, 0.33204597]],
    ...[[0.79648674, -0.88728151], [0.17481904, 1.36876329], [-1.51055536, -0.36120782]],
    [1.31438079, -0.35568346],
  ];
  const rows = Array.from({ length: 7 }, (_, row) => [0, 1, 2, 3].map((k) => Math.sin(3 + 4 * row + k)));
  const { data } = principalCoordinates(matrix64(rows), 2);
  expected.flat().forEach((value, place) => assertAlmostEquals(data[place]!, value, 1e-7));
});

Deno.test("smallerSide() is the side that fewer lie on", () => {
  assertEquals([...smallerSide([-1, 2, -3])], [0, 1, 0]);
  assertEquals([...smallerSide([1, -2, 3])], [0, 1, 0]);
});
