import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import "../nn/tensorflow.ts";
import { cholesky, logDet, logDetGram, symmetricEigen } from "../../lib/tensor/linalg.ts";
import {
  cholesky64,
  gram64,
  logDet64,
  logDetGram64,
  type Matrix64,
  matrix64,
  MatrixError,
  symmetricEigen64,
} from "../../lib/tensor/linalg64.ts";
import { tf } from "../../lib/tensor/native.ts";
import { assertTensor } from "./close.ts";

/*
 * The reference, PyTorch 2.13 in float64: torch.linalg.cholesky, eigh and logdet of A, and the gradients of
 * (L ⊙ G).sum(), (λ ⊙ [1,−2,.5]).sum(), (V ⊙ V ⊙ G).sum() and logdet.
 */
const a = [[4, 1, 0.5], [1, 3, -0.2], [0.5, -0.2, 2]];
const g = [[1, 2, 3], [-1, 0.5, 0.3], [0.2, -0.4, 1]];
const eigenvalues = [1.6928770621373779, 2.6492845056462606, 4.65783843221636];
const logDeterminant = 3.039270575568475;
const factor = [[2, 0, 0], [0.5, 1.6583123951777, 0], [0.25, -0.19598237397554635, 1.3780750738225074]];

Deno.test("cholesky() and its gradient are PyTorch's", () => {
  tf.tidy(() => {
    assertTensor(cholesky(tf.tensor2d(a)), factor);
    const gradient = tf.grad((a) => tf.sum(tf.mul(cholesky(a), tf.tensor2d(g))))(tf.tensor2d(a));
    assertTensor(gradient, [
      [0.3159094356423119, -0.27567683749681604, 0.024078189855137253],
      [-0.27567683749681604, 0.14156996361357257, -0.07772522725261673],
      [0.024078189855137246, -0.07772522725261671, 0.3628249356641355],
    ]);
  });
});

Deno.test("logDet() and its gradient are PyTorch's, for each matrix of a batch", () => {
  const inverse = [
    [0.2853039731929153, -0.10052656773575873, -0.08137865007180468],
    [-0.10052656773575874, 0.3709909047391096, 0.06223073240785064],
    [-0.08137865007180468, 0.06223073240785064, 0.5265677357587362],
  ];
  tf.tidy(() => {
    const batch = tf.tensor3d([a, a.map((row) => row.map((x) => 2 * x))]);
    assertTensor(logDet(batch), [logDeterminant, logDeterminant + 3 * Math.log(2)]);
    const gradient = tf.grad((a) => tf.sum(logDet(a)))(batch);
    assertTensor(gradient, [inverse, inverse.map((row) => row.map((x) => x / 2))]);
  });
});

Deno.test("symmetricEigen() and its gradients are PyTorch's", () => {
  tf.tidy(() => {
    const matrix = tf.tensor2d(a);
    assertTensor(symmetricEigen(matrix).values, eigenvalues);
    const { values, vectors } = symmetricEigen(matrix);
    const rebuilt = tf.matMul(
      tf.mul(vectors, values) as typeof matrix,
      vectors as typeof matrix,
      false,
      true,
    );
    assertTensor(rebuilt, a);
    assertTensor(tf.grad((a) => tf.sum(tf.mul(symmetricEigen(a).values, [1, -2, 0.5])))(matrix), [
      [0.21532596395693007, 0.6430584216552246, -0.6389958693830997],
      [0.6430584216552246, -0.885829034414174, 1.171791501184997],
      [-0.6389958693830997, 1.171791501184997, 0.1705030704572436],
    ]);
    assertTensor(
      tf.grad((a) => tf.sum(tf.mul(tf.square(symmetricEigen(a).vectors), tf.tensor2d(g))))(matrix),
      [
        [0.44952500609075513, -0.5093255797539349, -0.05600577846243899],
        [-0.5093255797539348, 0.33152737433408513, 0.3898011213632157],
        [-0.05600577846243893, 0.38980112136321565, -0.7810523804248407],
      ],
      1e-5,
    );
  });
});

Deno.test("logDetGram() is the coding rate from either Gram side", () => {
  // ½ log det(I + d/(n ε²) Z Zᵀ) of two dimensions, three tokens and ε = ½; and the transposed matrix.
  const z = [[1, 0, 1], [0, 1, 1]];
  const rate = 1.7482537807332401;
  const alpha = 2 / (3 * 0.25);
  tf.tidy(() => {
    const wide = tf.tensor2d(z);
    assertTensor(tf.mul(logDetGram(wide, alpha), 0.5), rate);
    assertTensor(tf.mul(logDetGram(tf.transpose(wide), alpha), 0.5), rate);
    // ∂/∂Z = α (I + α Z Zᵀ)⁻¹ Z, by hand: the inverse of [[19/3, 8/3], [8/3, 19/3]].
    const [p, q] = [19 / 99, -8 / 99];
    assertTensor(tf.grad((z) => tf.mul(logDetGram(z, alpha), 0.5))(wide), [
      [alpha * p, alpha * q, alpha * (p + q)],
      [alpha * q, alpha * p, alpha * (p + q)],
    ]);
  });
  const narrow: Matrix64 = matrix64([[1, 0], [0, 1], [1, 1]]);
  assertAlmostEquals(logDetGram64(matrix64(z), alpha) / 2, rate, 1e-15);
  assertAlmostEquals(logDetGram64(narrow, alpha) / 2, rate, 1e-15);
});

Deno.test("cholesky64() and logDet64() are PyTorch's", () => {
  factor.flat().forEach((value, i) => assertAlmostEquals(cholesky64(matrix64(a)).data[i]!, value, 1e-14));
  assertAlmostEquals(logDet64(matrix64(a)), logDeterminant, 1e-14);
});

Deno.test("symmetricEigen64() is PyTorch's, and rebuilds the matrix", () => {
  const { values, vectors } = symmetricEigen64(matrix64(a));
  eigenvalues.forEach((value, i) => assertAlmostEquals(values[i]!, value, 1e-14));
  const scaled = vectors.data.map((value, i) => value * Math.sqrt(values[i % 3]!));
  const rebuilt = gram64({ ...vectors, data: scaled });
  a.flat().forEach((value, i) => assertAlmostEquals(rebuilt.data[i]!, value, 1e-14));
});

Deno.test("symmetricEigen64() of the second difference matrix has its closed form", () => {
  // Eigenvalues 2 − 2 cos(kπ/(n+1)) of the tridiagonal matrix with 2 on and −1 beside the diagonal.
  const n = 40;
  const rows = Array.from(
    { length: n },
    (_, i) => Array.from({ length: n }, (_, j) => i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0),
  );
  const { values } = symmetricEigen64(matrix64(rows));
  for (let k = 1; k <= n; k++) {
    assertAlmostEquals(values[k - 1]!, 2 - 2 * Math.cos(k * Math.PI / (n + 1)), 1e-13);
  }
});

Deno.test("matrices that do not fit are refused in one sentence", () => {
  assertThrows(() => cholesky64(matrix64([[1, 2], [2, 1]])), MatrixError, "its pivot 1 is -3");
  assertThrows(() => logDet64(matrix64([[1, 2]])), MatrixError, "1 × 2");
  assertThrows(() => symmetricEigen64(matrix64([[1, NaN], [NaN, 1]])), MatrixError, "row 0, column 1");
  assertThrows(() => matrix64([[1, 2], [3]]), MatrixError, "Row 1 has 1 numbers");
  assertEquals(matrix64([]).rows, 0);
});
