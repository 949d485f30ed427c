import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import "../nn/tensorflow.ts";
import { softmaxAttention } from "../../lib/tensor/attention.ts";
import { einsum, EinsumError } from "../../lib/tensor/einsum.ts";
import { gather } from "../../lib/tensor/gather.ts";
import { gelu } from "../../lib/tensor/gelu.ts";
import { linear } from "../../lib/tensor/linear.ts";
import { softmaxCrossEntropy } from "../../lib/tensor/loss.ts";
import { tf } from "../../lib/tensor/native.ts";
import { layerNorm } from "../../lib/tensor/norm.ts";
import { assertSameGradients, assertTensor, sines } from "./close.ts";

/*
 * The reference of layerNorm, gelu and softmaxCrossEntropy, PyTorch 2.13 in float64: x = sin(1 + arange(12)).reshape(3, 4), and
 * the gradient of (y * cos(arange(12)).reshape(3, 4)).sum().
 */
const cosines = () => tf.tensor2d(Float32Array.from({ length: 12 }, (_, i) => Math.cos(i)), [3, 4]);

Deno.test("layerNorm() and its gradient are PyTorch's", () => {
  tf.tidy(() => {
    const gain = tf.tensor1d([1, 2, 0.5, -1]);
    const bias = tf.tensor1d([0.1, 0, 0, 0.2]);
    assertTensor(layerNorm(sines([3, 4]), gain, bias, 1e-5), [
      [0.9301032190800896, 1.8621178527589506, -0.10616420329053974, 1.7488337388784851],
      [-1.2793113186161134, -0.9917613285350272, 0.36076874261723435, -0.9536544976491586],
      [1.7125324381765725, -0.4935583311604109, -0.5667289413670563, 0.4322953898622547],
    ]);
    const gradient = tf.grad((x) => tf.sum(tf.mul(layerNorm(x, gain, bias, 1e-5), cosines())));
    assertTensor(gradient(sines([3, 4])), [
      [0.3160646811434813, 0.4230022141626819, -1.3474593414610556, 0.608392446154892],
      [-0.6893041719020704, 0.8702522739041121, 0.7184860590319027, -0.8994341610339442],
      [0.3376080899149717, -2.297859687385012, 0.7280147922148098, 1.2322368052552313],
    ]);
  });
});

Deno.test("gelu() and its gradient are PyTorch's", () => {
  tf.tidy(() => {
    assertTensor(gelu(tf.mul(sines([3, 4]), 2)), [
      [1.6052015570496196, 1.7558776425769276, 0.17248259251286138, -0.09847972284156903],
      [-0.05286570402776177, -0.161020743519154, 1.1898978461310143, 1.9313777442272821],
      [0.6553487858990747, -0.15046343772172685, -0.04550193334371651, -0.15196050253397386],
    ]);
    assertTensor(tf.grad((x) => tf.sum(tf.mul(gelu(tf.mul(x, 2)), cosines())))(sines([3, 4])), [
      [2.233438705680847, 1.1933566023391953, -0.5986864427152045, 0.25145328096171726],
      [0.12296435883841993, 0.05527265384289149, 2.16359232102567, 1.6397816301000705],
      [-0.2995025396856475, 0.1856252536108063, 0.14303470463812368, -0.000877230783992849],
    ]);
  });
});

Deno.test("softmaxCrossEntropy() with smoothing and its gradient are PyTorch's", () => {
  tf.tidy(() => {
    const labels = tf.tensor1d([1, 3, 0], "int32");
    const loss = (logits: Parameters<typeof softmaxCrossEntropy>[0]) =>
      softmaxCrossEntropy(logits, labels, { smoothing: 0.1 });
    assertTensor(loss(sines([3, 4])), 0.8822631118969156);
    assertTensor(tf.grad(loss)(sines([3, 4])), [
      [0.11205419911951087, -0.17949705752705075, 0.05142836739378898, 0.01601449101375094],
      [0.013856337449487055, 0.035444853551932734, 0.10333551429102965, -0.15263670529244946],
      [-0.14292790861159949, 0.055244188877101766, 0.0319642253222374, 0.05571949441226043],
    ]);
  });
});

Deno.test("linear() maps the last axis, whatever stands before it", () => {
  tf.tidy(() => {
    const weight = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
    assertTensor(linear(tf.tensor1d([1, 1, 2, 0]).reshape([2, 1, 2]), weight, tf.tensor1d([0, 0, 1])), [
      [[5, 7, 10]],
      [[2, 4, 7]],
    ]);
    assertEquals(linear(tf.zeros([2, 3, 4, 2]), weight).shape, [2, 3, 4, 3]);
  });
});

Deno.test("softmaxAttention() computes what an independent implementation in numpy computes", () => {
  // x = S(3,4;0), w = x S(4,4;5)/2 in two heads; the output of softmax(w wᵀ / √2) w, heads merged.
  tf.tidy(() => {
    const w = tf.matMul(sines([3, 4]) as never, tf.mul(sines([4, 4], 5), 0.5) as never);
    const heads = tf.transpose(w.reshape([1, 3, 2, 2]), [0, 2, 1, 3]);
    const out = softmaxAttention(heads, heads, heads, { scale: Math.SQRT1_2 });
    assertTensor(tf.transpose(out, [0, 2, 1, 3]).reshape([3, 4]), [
      [-0.01745501, -0.01377516, -0.00055705, 0.01284222],
      [-0.01385898, -0.0097454, 0.00087002, 0.01272239],
      [-0.01992046, -0.01155408, 0.01400868, 0.02434933],
    ]);
  });
});

for (const causal of [false, true]) {
  Deno.test(`softmaxAttention() has the gradients of its composition${causal ? ", causal" : ""}`, () => {
    tf.tidy(() => {
      const mask = tf.tensor2d([[0, -1e9, -1e9], [0, 0, -1e9], [0, 0, 0]]);
      const shape = [2, 2, 3, 5];
      assertSameGradients(
        (q, k, v) => softmaxAttention(q!, k!, v!, { scale: 0.3, causal }),
        (q, k, v) => {
          const scores = tf.mul(tf.matMul(q!, k!, false, true), 0.3);
          return tf.matMul(tf.softmax(causal ? tf.add(scores, mask) : scores), v!);
        },
        [sines(shape), sines(shape, 3), sines(shape, 9)],
      );
    });
  });
}

Deno.test("gather() looks rows up, and its gradient adds up those looked up twice", () => {
  tf.tidy(() => {
    const indices = tf.tensor2d([[0, 2], [2, 1]], [2, 2], "int32");
    const table = tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]]);
    assertTensor(gather(table, indices), [[[1, 2], [5, 6]], [[5, 6], [3, 4]]]);
    const weight = tf.tensor3d([[[1, 10], [2, 20]], [[3, 30], [4, 40]]]);
    const gradient = tf.grad((table) => tf.sum(tf.mul(gather(table, indices), weight)))(table);
    assertTensor(gradient, [[1, 10], [4, 40], [5, 50], [0, 0]]);
  });
});

Deno.test("einsum() and its gradients are those of matrix products, sums and traces of products", () => {
  tf.tidy(() => {
    const [a, b] = [sines([3, 4]), sines([4, 5], 3)];
    assertSameGradients(
      (a, b) => einsum("ij,jk->ki", a!, b!),
      (a, b) => tf.transpose(tf.matMul(a as never, b as never)),
      [a, b],
    );
    assertSameGradients(
      (a, b) => einsum("ij,jk->i", a!, b!), // k is the second operand's alone
      (a, b) => tf.sum(tf.matMul(a as never, b as never), 1),
      [a, b],
    );
    assertSameGradients((a) => einsum("ij->j", a!), (a) => tf.sum(a!, 0), [a]);
    assertSameGradients(
      (a, b) => einsum("bij,bij->b", a!, b!),
      (a, b) => tf.sum(tf.mul(a!, b!), [1, 2]),
      [sines([2, 3, 4]), sines([2, 3, 4], 5)],
    );
  });
});

Deno.test("einsum() refuses an equation that does not fit, in one sentence", () => {
  tf.tidy(() => {
    const a = tf.zeros([2, 3]);
    const refused = (equation: string, ...operands: typeof a[]) =>
      assertThrows(() => einsum(equation, ...operands), EinsumError).message;
    assertEquals(refused("ij,jk->ik", a, a), 'The equation "ij,jk->ik" makes j both 3 and 2 long.');
    assertEquals(refused("ijk->i", a), 'The equation "ijk->i" gives ijk to an operand of shape [2,3].');
    assertEquals(refused("ij->k", a), 'The equation "ij->k" has k in its result but in no operand.');
    assertEquals(refused("ij,jk->ik", a), 'The equation "ij,jk->ik" has 2 operands but was given 1.');
    assertEquals(
      refused("ij", a),
      'The equation "ij" is not of the form "ij,jk->ik", with one or two operands.',
    );
  });
});

Deno.test("softmaxCrossEntropy() of even logits is the logarithm of the number of classes", () => {
  tf.tidy(() => {
    const loss = softmaxCrossEntropy(tf.zeros([2, 10]), tf.tensor1d([3, 9], "int32"));
    assertAlmostEquals(loss.dataSync()[0]!, Math.log(10), 1e-6);
  });
});
