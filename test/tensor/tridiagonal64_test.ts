import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import { normal } from "../../lib/data/random.ts";
import { type Matrix64, matrix64, MatrixError, symmetricEigen64 } from "../../lib/tensor/linalg64.ts";
import { tridiagonalEigen64 } from "../../lib/tensor/tridiagonal64.ts";

/** A symmetric matrix of normal numbers. */
function symmetric(n: number): Matrix64 {
  const draws = normal({ seed: n, stream: "symmetric" }, n * n);
  const data = draws.map((value, place) => value + draws[place % n * n + Math.floor(place / n)]!);
  return { rows: n, columns: n, data };
}

Deno.test("tridiagonalEigen64() gives numpy's eigenvalues", () => {
  // numpy.linalg.eigvalsh(B + B.T), B = sin(1 + arange(16)).reshape(4, 4)
  const at = (row: number, column: number) => Math.sin(1 + 4 * row + column) + Math.sin(1 + 4 * column + row);
  const rows = [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => at(row, column)));
  const { values } = tridiagonalEigen64(matrix64(rows));
  [-2.558763806637562, -2.0904779528646484, 1.2970316590316548, 1.900534027256958].forEach((value, place) =>
    assertAlmostEquals(values[place]!, value, 1e-13)
  );
});

Deno.test("tridiagonalEigen64() agrees with Jacobi's rotations, and its vectors are eigenvectors of length 1", () => {
  for (const n of [1, 2, 3, 7, 30]) {
    const a = symmetric(n);
    const { values, vectors } = tridiagonalEigen64(a);
    const expected = symmetricEigen64(a);
    for (let k = 0; k < n; k++) {
      assertAlmostEquals(values[k]!, expected.values[k]!, 1e-12);
      let length = 0;
      for (let row = 0; row < n; row++) {
        let image = 0;
        for (let column = 0; column < n; column++) {
          image += a.data[row * n + column]! * vectors.data[column * n + k]!;
        }
        assertAlmostEquals(image, values[k]! * vectors.data[row * n + k]!, 1e-12);
        length += vectors.data[row * n + k]! ** 2;
      }
      assertAlmostEquals(length, 1, 1e-12);
    }
  }
});

Deno.test("tridiagonalEigen64() manages matrices that are diagonal, of equal eigenvalues, or fall into blocks", () => {
  const blocks = matrix64([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]]);
  tridiagonalEigen64(blocks).values.forEach((value, k) => assertAlmostEquals(value, k < 2 ? 0 : 2, 1e-14));
  const diagonal = matrix64([[3, 0, 0], [0, 1, 0], [0, 0, 2]]);
  tridiagonalEigen64(diagonal).values.forEach((value, k) => assertAlmostEquals(value, k + 1, 1e-14));
  const ones = { rows: 6, columns: 6, data: new Float64Array(36).fill(1) };
  const { values } = tridiagonalEigen64(ones);
  assertAlmostEquals(values[5]!, 6, 1e-13);
  assert(Math.max(...values.subarray(0, 5).map(Math.abs)) < 1e-13);
});

Deno.test("tridiagonalEigen64() ends on two blocks that hang together by a thread", () => {
  const n = 64;
  const data = Float64Array.from({ length: n * n }, (_, place) => {
    const [row, column] = [Math.floor(place / n), place % n];
    return (row < 40) === (column < 40) ? 1 : 1e-5;
  });
  const { values } = tridiagonalEigen64({ rows: n, columns: n, data });
  // Of rank 2: [[40, 24 · 10⁻⁵], [40 · 10⁻⁵, 24]] has the same eigenvalues, beside 62 zeros.
  const root = Math.sqrt(16 ** 2 + 4 * 40 * 24 * 1e-10);
  assertAlmostEquals(values[63]!, (64 + root) / 2, 1e-12);
  assertAlmostEquals(values[62]!, (64 - root) / 2, 1e-12);
  assert(Math.max(...values.subarray(0, 62).map(Math.abs)) < 1e-12);
});

Deno.test("tridiagonalEigen64() refuses matrices that are not square or not finite", () => {
  assertThrows(() => tridiagonalEigen64(matrix64([[1, 2]])), MatrixError, "this one is 1 × 2");
  assertThrows(() => tridiagonalEigen64(matrix64([[1, NaN], [0, 1]])), MatrixError, "NaN in row 0, column 1");
});
