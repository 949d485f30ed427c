/**
 * Linear algebra in double precision, which TensorFlow.js lacks: plain TypeScript, for matrices of some hundred rows.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** A matrix of doubles, row after row. */
export interface Matrix64 {
  /** How many rows. */
  readonly rows: number;
  /** How many columns. */
  readonly columns: number;
  /** The elements, the columns of a row next to each other. */
  readonly data: Float64Array;
}

/** A matrix is not what an operation needs: which operation, and what is wrong. */
export class MatrixError extends Schema.TaggedError<MatrixError>()("MatrixError", {
  message: Schema.String,
}) {}

/**
 * Makes a matrix of rows of numbers.
 *
 * @example Usage
 * ```ts
 * import { logDetGram64, matrix64 } from "./linalg64.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // The coding rate ½ log det(I + d/(n ε²) Z Zᵀ) of three tokens in two dimensions, ε = ½.
 * const z = matrix64([[1, 0, 1], [0, 1, 1]]);
 * assertAlmostEquals(logDetGram64(z, 2 / (3 * 0.25)) / 2, 1.7482537807332401);
 * ```
 *
 * @throws {MatrixError} When the rows have different lengths.
 */
export function matrix64(rows: readonly (readonly number[])[]): Matrix64 {
  const columns = rows[0]?.length ?? 0;
  const ragged = rows.findIndex((row) => row.length !== columns);
  if (ragged >= 0) {
    throw new MatrixError({
      message: `Row ${ragged} has ${rows[ragged]!.length} numbers where row 0 has ${columns}.`,
    });
  }
  return { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
}

/** `Z Zᵀ`, or with `transposed` `Zᵀ Z`. */
export function gram64({ rows, columns, data }: Matrix64, transposed = false): Matrix64 {
  const [n, length] = transposed ? [columns, rows] : [rows, columns];
  const at = (i: number, k: number) => transposed ? data[k * columns + i]! : data[i * columns + k]!;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += at(i, k) * at(j, k);
      out[i * n + j] = out[j * n + i] = sum;
    }
  }
  return { rows: n, columns: n, data: out };
}

/**
 * The Cholesky factor of a positive definite matrix: the lower triangular `L` with `A = L Lᵀ`.
 *
 * @param a Symmetric; only the lower triangle is read.
 * @throws {MatrixError} When it is not square or not positive definite.
 */
export function cholesky64(a: Matrix64): Matrix64 {
  const n = sideOf(a, "A Cholesky factor");
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a.data[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= out[i * n + k]! * out[j * n + k]!;
      if (i !== j) out[i * n + j] = sum / out[j * n + j]!;
      else if (sum > 0) out[i * n + i] = Math.sqrt(sum);
      else {throw new MatrixError({
          message: `The matrix is not positive definite: its pivot ${i} is ${sum}.`,
        });}
    }
  }
  return { rows: n, columns: n, data: out };
}

/**
 * The logarithm of the determinant of a positive definite matrix.
 *
 * @throws {MatrixError} When it is not square or not positive definite.
 */
export function logDet64(a: Matrix64): number {
  const { rows: n, data } = cholesky64(a);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(data[i * n + i]!);
  return 2 * sum;
}

/**
 * `log det(I + α Z Zᵀ)`, computed from whichever of `Z Zᵀ` and `Zᵀ Z` is smaller: the two have the same determinant.
 *
 * @param z The columns are tokens.
 * @param alpha The factor α > 0.
 */
export function logDetGram64(z: Matrix64, alpha: number): number {
  const { rows: n, data } = gram64(z, z.columns < z.rows);
  const shifted = data.map((value, index) => alpha * value + (index % (n + 1) === 0 ? 1 : 0));
  return logDet64({ rows: n, columns: n, data: shifted });
}

/** Eigenvalues and eigenvectors in double precision. */
export interface Eigen64 {
  /** The eigenvalues in ascending order. */
  readonly values: Float64Array;
  /** The eigenvectors as columns, in the same order, up to their signs. */
  readonly vectors: Matrix64;
}

/**
 * The eigendecomposition of a symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, algorithm 8.5.3), accurate to
 * the last digits also for small eigenvalues.
 *
 * @param a Symmetric.
 * @throws {MatrixError} When it is not square, or holds a value that is not finite.
 */
export function symmetricEigen64(a: Matrix64): Eigen64 {
  const n = sideOf(a, "An eigendecomposition");
  const place = a.data.findIndex((value) => !Number.isFinite(value));
  if (place >= 0) {
    throw new MatrixError({
      message: `The matrix holds ${a.data[place]} in row ${Math.floor(place / n)}, column ${place % n}.`,
    });
  }
  const work = a.data.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const negligible = Number.EPSILON * norm(work) / Math.max(1, n);
  while (largestOffDiagonal(work, n) > negligible) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(work, vectors, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => work[i * n + i]! - work[j * n + j]!);
  const sorted = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    order.forEach((from, to) => sorted[row * n + to] = vectors[row * n + from]!);
  }
  return {
    values: Float64Array.from(order, (i) => work[i * n + i]!),
    vectors: { rows: n, columns: n, data: sorted },
  };
}

/** Makes the element (p, q) zero by rotating the plane of axes p and q. */
function rotate(work: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = work[p * n + q]!;
  if (apq === 0) return;
  const theta = (work[q * n + q]! - work[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1)); // tan of the smaller angle
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (array: Float64Array, first: number, second: number) => {
    const [x, y] = [array[first]!, array[second]!];
    array[first] = c * x - s * y;
    array[second] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) turn(work, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(work, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(vectors, k * n + p, k * n + q);
  work[p * n + q] = work[q * n + p] = 0; // exactly, not up to rounding
}

function norm(data: Float64Array): number {
  return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
}

function largestOffDiagonal(work: Float64Array, n: number): number {
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(work[i * n + j]!));
  }
  return largest;
}

function sideOf({ rows, columns }: Matrix64, what: string): number {
  if (rows === columns) return rows;
  throw new MatrixError({ message: `${what} needs a square matrix, but this one is ${rows} × ${columns}.` });
}
