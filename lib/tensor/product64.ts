/**
 * Products of matrices in double precision, and what is built on them: blocked so that each number that is read from
 * memory is used several times.
 *
 * @module
 */
import { cholesky64, type Matrix64, MatrixError } from "./linalg64.ts";

/** The transpose. */
export function transpose64({ rows, columns, data }: Matrix64): Matrix64 {
  const out = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = data[i * columns + j]!;
  }
  return { rows: columns, columns: rows, data: out };
}

/** Some rows of a matrix, without a copy. */
export function rows64({ columns, data }: Matrix64, start: number, count: number): Matrix64 {
  return { rows: count, columns, data: data.subarray(start * columns, (start + count) * columns) };
}

/**
 * `A B`.
 *
 * @throws {MatrixError} When A has not as many columns as B has rows.
 */
export function product64(a: Matrix64, b: Matrix64): Matrix64 {
  return productTransposed64(a, transpose64(b));
}

/**
 * `A Bᵀ`: the dot product of each row of A with each row of B, which lie next to each other in memory.
 *
 * @example Usage
 * ```ts
 * import { matrix64 } from "./linalg64.ts";
 * import { productTransposed64 } from "./product64.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const product = productTransposed64(matrix64([[1, 2], [3, 4]]), matrix64([[0, 1]]));
 * assertEquals(product, matrix64([[2], [4]]));
 * ```
 *
 * @throws {MatrixError} When A and B have not as many columns.
 */
export function productTransposed64(a: Matrix64, b: Matrix64): Matrix64 {
  if (a.columns !== b.columns) {
    throw new MatrixError({
      message: `A product needs as many columns as rows, but ${a.rows} × ${a.columns} meets ` +
        `${b.columns} × ${b.rows}.`,
    });
  }
  const out = new Float64Array(a.rows * b.rows);
  const [blockRows, blockColumns] = [a.rows & ~1, b.rows & ~3];
  for (let i = 0; i < blockRows; i += 2) {
    for (let j = 0; j < blockColumns; j += 4) twoByFour(a, b, i, j, out);
    for (let j = blockColumns; j < b.rows; j++) {
      out[i * b.rows + j] = dot(a, i, b, j);
      out[(i + 1) * b.rows + j] = dot(a, i + 1, b, j);
    }
  }
  if (blockRows < a.rows) {
    for (let j = 0; j < b.rows; j++) out[blockRows * b.rows + j] = dot(a, blockRows, b, j);
  }
  return { rows: a.rows, columns: b.rows, data: out };
}

/** `A Aᵀ`, at half the cost of {@linkcode productTransposed64}: it is symmetric. */
export function outerGram64(a: Matrix64): Matrix64 {
  const n = a.rows;
  const out = new Float64Array(n * n);
  const block = n & ~3;
  for (let i = 0; i < block; i += 2) {
    for (let j = 0; j <= i; j += 4) twoByFour(a, a, i, j, out);
  }
  for (let i = block; i < n; i++) {
    for (let j = 0; j <= i; j++) out[i * n + j] = dot(a, i, a, j);
  }
  mirrorLower(out, n);
  return { rows: n, columns: n, data: out };
}

/** The inverse of a positive definite matrix, and the logarithm of its determinant. */
export interface Inverse64 {
  /** The inverse. */
  readonly inverse: Matrix64;
  /** The logarithm of the determinant of the matrix itself. */
  readonly logDet: number;
}

/**
 * Inverts a positive definite matrix through its Cholesky factor L: `A⁻¹ = L⁻ᵀ L⁻¹`.
 *
 * @param a Symmetric; only the lower triangle is read.
 * @throws {MatrixError} When it is not square or not positive definite.
 */
export function inversePositive64(a: Matrix64): Inverse64 {
  const { rows: n, data: factor } = cholesky64(a);
  let logDet = 0;
  for (let i = 0; i < n; i++) logDet += 2 * Math.log(factor[i * n + i]!);
  // Row j of `columns` is column j of L⁻¹, by forward substitution.
  const columns = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    columns[j * n + j] = 1 / factor[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += factor[i * n + k]! * columns[j * n + k]!;
      columns[j * n + i] = -sum / factor[i * n + i]!;
    }
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += columns[i * n + k]! * columns[j * n + k]!;
      inverse[i * n + j] = sum;
    }
  }
  mirrorLower(inverse, n);
  return { inverse: { rows: n, columns: n, data: inverse }, logDet };
}

/** Two rows of A times four of B, in registers: eight products for six numbers read. */
function twoByFour(a: Matrix64, b: Matrix64, i: number, j: number, out: Float64Array): void {
  const [x, y, length, width] = [a.data, b.data, a.columns, b.rows];
  const a0 = i * length, a1 = a0 + length;
  const b0 = j * length, b1 = b0 + length, b2 = b1 + length, b3 = b2 + length;
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0;
  for (let k = 0; k < length; k++) {
    const x0 = x[a0 + k]!, x1 = x[a1 + k]!;
    const y0 = y[b0 + k]!, y1 = y[b1 + k]!, y2 = y[b2 + k]!, y3 = y[b3 + k]!;
    s00 += x0 * y0, s01 += x0 * y1, s02 += x0 * y2, s03 += x0 * y3;
    s10 += x1 * y0, s11 += x1 * y1, s12 += x1 * y2, s13 += x1 * y3;
  }
  const at = i * width + j;
  out[at] = s00, out[at + 1] = s01, out[at + 2] = s02, out[at + 3] = s03;
  out[at + width] = s10, out[at + width + 1] = s11, out[at + width + 2] = s12, out[at + width + 3] = s13;
}

function dot(a: Matrix64, i: number, b: Matrix64, j: number): number {
  const [x, y, length] = [a.data, b.data, a.columns];
  let sum = 0;
  for (let k = 0, at = i * length, other = j * length; k < length; k++) sum += x[at + k]! * y[other + k]!;
  return sum;
}

/** Copies the lower triangle into the upper one. */
function mirrorLower(data: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j]!;
  }
}
