import { assertEquals } from "@std/assert";
import "../nn/tensorflow.ts";
import { tf } from "../../lib/tensor/native.ts";
import { laterSum, runningSum } from "../../lib/tensor/running_sum.ts";
import { assertTensor, sines } from "./close.ts";

/** Running sums in double precision. */
function summed(x: ReturnType<typeof sines>, later: boolean): number[] {
  const [batch, heads, length, features] = x.shape as [number, number, number, number];
  const out = Float64Array.from(x.dataSync());
  for (let row = 0; row < batch * heads; row++) {
    for (let t = 1; t < length; t++) {
      const at = later ? length - 1 - t : t;
      for (let f = 0; f < features; f++) {
        const i = (row * length + at) * features + f;
        out[i]! += out[later ? i + features : i - features]!;
      }
    }
  }
  return [...out];
}

// One token, one block, a full block, one more than that, several blocks, more blocks than one product sums.
for (const length of [1, 7, 64, 65, 200, 64 * 64 + 3]) {
  Deno.test(`runningSum() and laterSum() of ${length} elements are sums, and each other's gradients`, () => {
    tf.tidy(() => {
      const x = sines([1, 2, length, 3]);
      assertTensor(runningSum(x), summed(x, false), 1e-5);
      assertTensor(laterSum(x), summed(x, true), 1e-5);
      const weight = sines(x.shape, 5);
      const gradient = (f: typeof runningSum) => tf.grad((x) => tf.sum(tf.mul(f(x), weight)))(x);
      assertEquals(gradient(runningSum).dataSync(), laterSum(weight).dataSync());
      assertEquals(gradient(laterSum).dataSync(), runningSum(weight).dataSync());
    });
  });
}
