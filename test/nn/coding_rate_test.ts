import { assertAlmostEquals } from "@std/assert";
import { codingRate, subspaceCodingRate } from "../../lib/nn/coding_rate.ts";
import { tf } from "../../lib/tensor/native.ts";
import "./tensorflow.ts";

type Tensor = ReturnType<typeof tf.tensor>;

// Three tokens of two features, as rows.
const tokens = () => tf.tensor2d([[1, 0], [0, 1], [1, 1]]);

Deno.test("codingRate() is the same from either Gram side", () => {
  // By hand: det(I + 8/3 [[2, 1], [1, 2]]) = (1 + 16/3)² − (8/3)² = 33.
  assertAlmostEquals(codingRate(tokens(), 0.5).dataSync()[0]!, Math.log(33) / 2, 1e-6);
  // Features and tokens change places; ε keeps d/(n ε²) at 8/3.
  const epsilon = Math.sqrt((3 / 2) / (8 / 3));
  assertAlmostEquals(codingRate(tf.transpose(tokens()), epsilon).dataSync()[0]!, Math.log(33) / 2, 1e-6);
});

Deno.test("subspaceCodingRate() of the coordinate axes is ln(11/3)", () => {
  const axes = tf.stack(tf.unstack(tokens(), 1)).expandDims(2); // [2 subspaces, 3 tokens, 1]
  assertAlmostEquals(subspaceCodingRate(axes, 0.5).dataSync()[0]!, Math.log(11 / 3), 1e-6);
});

Deno.test("subspaceCodingRate() has the gradient of equation 9, and falls along it", () => {
  // sin(1 + o + i) row by row; bases by Gram-Schmidt. Values by NumPy in float64, checked by central differences there.
  const sines = (rows: number, columns: number, offset: number) =>
    tf.tensor2d(Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(1 + offset + i)), [
      rows,
      columns,
    ]);
  const z = tf.transpose(sines(4, 5, 0)); // five tokens of four features
  const bases = [0, 3].map((offset) => orthonormal(sines(4, 2, offset)));
  const rate = (z: Tensor) => {
    const projections = bases.map((basis) => tf.matMul(z as never, basis as never));
    return subspaceCodingRate(tf.stack(projections), 0.5) as ReturnType<typeof tf.scalar>;
  };
  assertAlmostEquals(rate(z).dataSync()[0]!, 3.229763778963719, 1e-4);
  const gradient = tf.grad(rate)(z);
  assertAlmostEquals(tf.norm(gradient).dataSync()[0]!, 1.4326206556697572, 1e-4);
  const ofFirstFeature = tf.slice(gradient, [0, 0], [-1, 1]).dataSync();
  [0.35886172, -0.03110188, -0.39247055, -0.39300361, -0.03221096].forEach((value, token) =>
    assertAlmostEquals(ofFirstFeature[token]!, value, 1e-4)
  );
  for (const [step, expected] of [[0.01, 3.20920097], [0.1, 3.02063084], [0.2, 2.8037102]] as const) {
    assertAlmostEquals(rate(tf.sub(z, tf.mul(gradient, step))).dataSync()[0]!, expected, 1e-4);
  }
});

/** An orthonormal basis of the space that a matrix's two columns span. */
function orthonormal(matrix: Tensor): Tensor {
  const [first, second] = tf.unstack(matrix, 1) as [Tensor, Tensor];
  const one = tf.div(first, tf.norm(first));
  const rest = tf.sub(second, tf.mul(one, tf.sum(tf.mul(one, second))));
  return tf.stack([one, tf.div(rest, tf.norm(rest))], 1);
}
