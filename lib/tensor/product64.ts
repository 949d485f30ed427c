/**
 * Products of matrices in double precision, and what is built on them.
 *
 * @module
 */
import { cholesky64, type Matrix64, MatrixError } from "./linalg64.ts";
import { kernel64 } from "./simd64.ts";

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
  return multiplied(a, b, false);
}

/** `A Aᵀ`, at half the cost of {@linkcode productTransposed64}: it is symmetric. */
export function outerGram64(a: Matrix64): Matrix64 {
  const gram = multiplied(a, a, true);
  mirrorLower(gram.data, a.rows);
  return gram;
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
  return { inverse: outerGram64(inverseFactor(factor, n)), logDet };
}

/**
 * `L⁻ᵀ` of a lower triangular L, by forward substitution for four columns of L⁻¹ at a time: they share what is read of L,
 * and their sums do not wait for each other.
 */
function inverseFactor(factor: Float64Array, n: number): Matrix64 {
  const columns = new Float64Array((n + 3) * n); // a column of L⁻¹ a row, and room for three that are none
  for (let j = 0; j < n; j += 4) {
    const c0 = j * n, c1 = c0 + n, c2 = c1 + n, c3 = c2 + n;
    for (let i = j; i < n; i++) {
      let s0 = 0, s1 = 0, s2 = 0, s3 = 0;
      for (let k = j; k < i; k++) {
        const l = factor[i * n + k]!;
        s0 += l * columns[c0 + k]!;
        s1 += l * columns[c1 + k]!;
        s2 += l * columns[c2 + k]!;
        s3 += l * columns[c3 + k]!;
      }
      const scale = 1 / factor[i * n + i]!;
      columns[c0 + i] = (Number(i === j) - s0) * scale;
      columns[c1 + i] = (Number(i === j + 1) - s1) * scale;
      columns[c2 + i] = (Number(i === j + 2) - s2) * scale;
      columns[c3 + i] = (Number(i === j + 3) - s3) * scale;
    }
  }
  return { rows: n, columns: n, data: columns.subarray(0, n * n) };
}

/** Products below this many multiplications are not worth a copy into the kernel's memory. */
const SMALL = 2000;

/** `A Bᵀ`, or with `lower` its lower triangle, other elements being anything. */
function multiplied(a: Matrix64, b: Matrix64, lower: boolean): Matrix64 {
  const product = { rows: a.rows, columns: b.rows, data: new Float64Array(a.rows * b.rows) };
  if (a.rows * b.rows * a.columns < SMALL) {
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < (lower ? i + 1 : b.rows); j++) {
        let sum = 0;
        for (let k = 0; k < a.columns; k++) sum += a.data[i * a.columns + k]! * b.data[j * b.columns + k]!;
        product.data[i * b.rows + j] = sum;
      }
    }
    return product;
  }
  const { reserve, numbers, twoByFour } = kernel64();
  const up = (count: number, multiple: number) => Math.ceil(count / multiple) * multiple;
  const [length, rows, width] = [up(a.columns, 4), up(a.rows, 2), up(b.rows, 4)];
  const [right, out] = [rows * length, (rows + width) * length];
  reserve(out + rows * width);
  const memory = numbers();
  copyPadded(a, memory, 0, length);
  if (b !== a || width > rows) copyPadded(b, memory, right, length);
  const other = b === a && width === rows ? 0 : right;
  for (let i = 0; i < rows; i += 2) {
    for (let j = 0; j < (lower ? i + 2 : width); j += 4) {
      twoByFour(i * length, other + j * length, length, out + i * width + j, width);
    }
  }
  for (let i = 0; i < a.rows; i++) {
    product.data.set(memory.subarray(out + i * width, out + i * width + b.rows), i * b.rows);
  }
  return product;
}

/** Copies rows to a place where each is followed by zeros up to a length. */
function copyPadded({ rows, columns, data }: Matrix64, to: Float64Array, at: number, length: number): void {
  if (columns === length) {
    to.set(data, at);
    return;
  }
  to.fill(0, at, at + rows * length);
  for (let row = 0; row < rows; row++) {
    to.set(data.subarray(row * columns, (row + 1) * columns), at + row * length);
  }
}

/** Copies the lower triangle into the upper one. */
function mirrorLower(data: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j]!;
  }
}
