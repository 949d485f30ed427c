/**
 * Linear algebra that TensorFlow.js lacks, with gradients. All of it works on the last two axes, batch axes before them.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { tf } from "./native.ts";
import { rawOp, rawOps } from "./raw_op.ts";

type T = TensorFlow.Tensor;

/**
 * The Cholesky factor of positive definite matrices: the lower triangular `L` with `A = L Lᵀ`.
 *
 * Its gradient is `L⁻ᵀ Φ(Lᵀ L̄) L⁻¹`, symmetrised, where `Φ` keeps the lower triangle and halves the diagonal (Murray 2016,
 * equation 9).
 *
 * @param a `[…, n, n]`, symmetric; only the lower triangle is read.
 * @returns `[…, n, n]`.
 */
export function cholesky(a: T): T {
  const operation = tf.customGrad((a, save) => {
    const factor = rawOp<T>("Cholesky", [a as T]);
    (save as TensorFlow.GradSaveFunc)([factor]);
    return {
      value: factor,
      gradFunc: (arriving, saved) => {
        const [factor] = saved as [T];
        const product = tf.matMul(factor, arriving, true, false);
        const lower = tf.linalg.bandPart(product, -1, 0);
        const phi = tf.sub(lower, tf.mul(tf.linalg.bandPart(product, 0, 0), 0.5));
        // L⁻ᵀ Φ L⁻¹, by two triangular solves: Lᵀ X = Φ, then Lᵀ Yᵀ = Xᵀ.
        const left = solveTransposed(factor, phi);
        return symmetric(solveTransposed(factor, transpose(left)));
      },
    };
  });
  return operation(a);
}

/**
 * The logarithm of the determinant of positive definite matrices, through their Cholesky factor. Its gradient is `A⁻¹`.
 *
 * @param a `[…, n, n]`, symmetric.
 * @returns `[…]`.
 */
export function logDet(a: T): T {
  const operation = tf.customGrad((a, save) => {
    const factor = rawOp<T>("Cholesky", [a as T]);
    (save as TensorFlow.GradSaveFunc)([factor]);
    return {
      value: tf.mul(tf.sum(tf.log(diagonal(factor)), -1), 2),
      gradFunc: (arriving, saved) => {
        const [factor] = saved as [T];
        const identity = tf.broadcastTo(tf.eye(factor.shape.at(-1)!), factor.shape);
        const inverse = solveTransposed(factor, solve(factor, identity));
        return tf.mul(inverse, tf.expandDims(tf.expandDims(arriving, -1), -1));
      },
    };
  });
  return operation(a);
}

/**
 * `log det(I + α Z Zᵀ)`, computed from whichever of `Z Zᵀ` and `Zᵀ Z` is smaller: the two have the same determinant.
 *
 * @param z `[…, d, n]`.
 * @param alpha The factor α > 0: `d / (n ε²)` in a coding rate.
 * @returns `[…]`.
 */
export function logDetGram(z: T, alpha: number): T {
  const [d, n] = z.shape.slice(-2) as [number, number];
  const gram = d <= n ? tf.matMul(z, z, false, true) : tf.matMul(z, z, true, false);
  return logDet(tf.add(tf.mul(gram, alpha), tf.eye(Math.min(d, n))));
}

/** Eigenvalues and eigenvectors. */
export interface Eigen {
  /** The eigenvalues in ascending order, `[…, n]`. */
  readonly values: T;
  /** The eigenvectors as columns, `[…, n, n]`, up to their signs. */
  readonly vectors: T;
}

/**
 * The eigendecomposition of symmetric matrices: `A = V Diag(λ) Vᵀ`.
 *
 * Its gradient is `V (Diag(λ̄) + F ⊙ Vᵀ V̄) Vᵀ`, symmetrised, with `F_ij = 1 / (λ_j − λ_i)` off the diagonal (Giles 2008,
 * section 3.1); it is infinite through vectors of equal eigenvalues.
 *
 * @param a `[…, n, n]`, symmetric.
 */
export function symmetricEigen(a: T): Eigen {
  const n = a.shape.at(-1)!;
  const batch = a.shape.slice(0, -2);
  // tf.customGrad knows one output: values and vectors travel as one [n, 1 + n] tensor.
  const operation = tf.customGrad((a, save) => {
    const [values, vectors] = rawOps("SelfAdjointEigV2", [a as T], { compute_v: true }, 2) as [T, T];
    (save as TensorFlow.GradSaveFunc)([values, vectors]);
    return {
      value: tf.concat([tf.expandDims(values, -1), vectors], -1),
      gradFunc: (arriving, saved) => {
        const [values, vectors] = saved as [T, T];
        const [dValues, dVectors] = apart(arriving, batch, n);
        const gaps = tf.sub(tf.expandDims(values, -2), tf.expandDims(values, -1));
        const inverseGaps = tf.where(tf.equal(gaps, 0), tf.zerosLike(gaps), tf.reciprocal(gaps));
        const inner = tf.add(
          tf.mul(inverseGaps, tf.matMul(vectors, dVectors, true, false)),
          tf.mul(tf.expandDims(dValues, -1), tf.eye(n)),
        );
        return symmetric(tf.matMul(tf.matMul(vectors, inner), vectors, false, true));
      },
    };
  });
  const [values, vectors] = apart(operation(a), batch, n);
  return { values, vectors };
}

/** Splits `[…, n, 1 + n]` into `[…, n]` and `[…, n, n]`. */
function apart(joined: T, batch: readonly number[], n: number): [T, T] {
  const start = [...batch.map(() => 0), 0];
  const values = tf.slice(joined, [...start, 0], [...batch, n, 1]);
  return [values.reshape([...batch, n]), tf.slice(joined, [...start, 1], [...batch, n, n])];
}

/** `L⁻¹ B` for a lower triangular `L`. */
function solve(factor: T, b: T): T {
  return rawOp("MatrixTriangularSolve", [factor, b], { lower: true, adjoint: false });
}

/** `L⁻ᵀ B` for a lower triangular `L`. */
function solveTransposed(factor: T, b: T): T {
  return rawOp("MatrixTriangularSolve", [factor, b], { lower: true, adjoint: true });
}

function diagonal(a: T): T {
  return tf.sum(tf.mul(a, tf.eye(a.shape.at(-1)!)), -1);
}

function symmetric(a: T): T {
  return tf.mul(tf.add(a, transpose(a)), 0.5);
}

function transpose(a: T): T {
  const axes = a.shape.map((_, axis) => axis);
  return tf.transpose(a, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}
