import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Matrix64, MatrixError } from "../../lib/tensor/linalg64.ts";
import {
  inversePositive64,
  outerGram64,
  product64,
  productTransposed64,
  rows64,
  transpose64,
} from "../../lib/tensor/product64.ts";
import { byFormula } from "../mcr2/example.ts";

/** The definition. */
function plainProduct(a: Matrix64, b: Matrix64): Matrix64 {
  const data = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      for (let k = 0; k < a.columns; k++) {
        data[i * b.columns + j]! += a.data[i * a.columns + k]! * b.data[k * b.columns + j]!;
      }
    }
  }
  return { rows: a.rows, columns: b.columns, data };
}

function assertClose(actual: Matrix64, expected: Matrix64) {
  assertEquals([actual.rows, actual.columns], [expected.rows, expected.columns]);
  expected.data.forEach((value, index) => assertAlmostEquals(actual.data[index]!, value, 1e-12));
}

Deno.test("products are sums of products, whatever the sizes leave over of a block", () => {
  for (
    const [m, k, n] of [
      [1, 1, 1],
      [2, 3, 4],
      [5, 7, 6],
      [8, 2, 9],
      [3, 10, 5],
      [11, 4, 13],
      [13, 14, 15],
      [30, 7, 25],
      [17, 33, 9],
      [12, 16, 12],
    ] as const
  ) {
    const [a, b] = [byFormula(m, k, 0.7), byFormula(k, n, 1.1)];
    const expected = plainProduct(a, b);
    assertClose(product64(a, b), expected);
    assertClose(productTransposed64(a, transpose64(b)), expected);
    assertClose(outerGram64(a), plainProduct(a, transpose64(a)));
  }
});

Deno.test("rows64() is a view of some rows", () => {
  const a = byFormula(5, 3, 0.7);
  const some = rows64(a, 1, 2);
  assertEquals([some.rows, some.columns], [2, 3]);
  assertEquals(some.data.buffer, a.data.buffer);
  assertEquals([...some.data], [...a.data.slice(3, 9)]);
});

Deno.test("productTransposed64() refuses matrices that do not meet", () => {
  assertThrows(
    () => productTransposed64(byFormula(2, 3, 1), byFormula(2, 4, 1)),
    MatrixError,
    "2 × 3 meets 4 × 2",
  );
});

// numpy: np.linalg.inv(A @ A.T + np.eye(5))[4], np.linalg.slogdet(A @ A.T + np.eye(5))[1]
Deno.test("inversePositive64() inverts, and gives the determinant", () => {
  const gram = outerGram64(byFormula(5, 5, 0.7));
  for (let i = 0; i < 5; i++) gram.data[6 * i]! += 1;
  const { inverse, logDet } = inversePositive64(gram);
  const last = [
    -0.03096908542189692,
    -0.09302544723128243,
    0.073758120266841,
    0.16407153697710417,
    0.19744716968581805,
  ];
  last.forEach((value, index) => assertAlmostEquals(inverse.data[20 + index]!, value, 1e-13));
  assertAlmostEquals(logDet, 6.948375120316526, 1e-12);
});
