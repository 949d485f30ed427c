import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { maskCut, secondEigenvector } from "../../../lib/evaluate/segmentation/mask_cut.ts";
import { matrix64 } from "../../../lib/tensor/linalg64.ts";

const settings = { objects: 3, tau: 0.15 };

/** Features of 6 × 6 patches: sines about (1, 0, 0, 0), but for one object at (−0.6, 1.2, 0, 0) and one at (−0.2, 0, 1.6, 0). */
function twoObjects() {
  const rows = Array.from({ length: 36 }, (_, patch) => {
    const features = Array.from({ length: 4 }, (_, k) => 0.45 * Math.sin(4 + 4 * patch + k));
    const [row, column] = [Math.floor(patch / 6), patch % 6];
    const left = row >= 1 && row < 4 && column >= 1 && column < 3;
    const right = row >= 4 && column >= 4;
    const shift = left ? [-0.6, 1.2, 0, 0] : right ? [-0.2, 0, 1.6, 0] : [1, 0, 0, 0];
    return features.map((value, k) => value + shift[k]!);
  });
  return matrix64(rows);
}

Deno.test("secondEigenvector() is scipy's", () => {
  // scipy.linalg.eigh(D - A, D, subset_by_index=[1, 1]), A = exp(B + B.T), B = sin(1 + arange(25)).reshape(5, 5)
  const expected = [
    ...[0.25055258548684817, 0.026336255640509173, -0.1803205034249296],
    ...[-0.20664203818326138, -0.08801692237463644],
  ];
  const at = (row: number, column: number) => Math.sin(1 + 5 * row + column);
  const five = [0, 1, 2, 3, 4];
  const affinity = five.map((i) => five.map((j) => Math.exp(at(i, j) + at(j, i))));
  const found = secondEigenvector(matrix64(affinity));
  const sign = Math.sign(found[0]!);
  found.forEach((value, place) => assertAlmostEquals(sign * value, expected[place]!, 1e-12));
});

Deno.test("maskCut() finds what CutLER's steps find with scipy's eigenvectors", () => {
  const found = maskCut(twoObjects(), settings).map((mask) =>
    Array.from({ length: 6 }, (_, row) => mask.subarray(6 * row, 6 * row + 6).join(""))
  );
  assertEquals(found, [
    ["000000", "011000", "011000", "011000", "000000", "000000"],
    ["001000", "011000", "011000", "011100", "000111", "000011"],
  ]);
});

Deno.test("maskCut() finds no object where all patches are neighbours", () => {
  assertEquals(maskCut(matrix64(Array.from({ length: 16 }, () => [1, 2])), settings), []);
});

Deno.test("maskCut() keeps to the part around the extreme patch, and to as many objects as are wanted", () => {
  const [first, ...others] = maskCut(twoObjects(), { ...settings, objects: 1 });
  assertEquals(others, []);
  assert(first!.reduce((sum, patch) => sum + patch, 0) === 6);
});
