import { assertAlmostEquals, assertEquals } from "@std/assert";
import { tf } from "../../lib/tensor/native.ts";
import type { Tensors } from "../../lib/tensor/tensors.ts";

type T = Tensors[string];

/** Asserts that a tensor holds the numbers of nested arrays, up to a tolerance relative to the largest. */
export function assertTensor(actual: T, expected: unknown, tolerance = 2e-6): void {
  const numbers = [expected].flat(Infinity) as number[];
  const found = actual.dataSync();
  assertEquals(found.length, numbers.length);
  const scale = Math.max(...numbers.map(Math.abs), 1e-30);
  numbers.forEach((number, i) => assertAlmostEquals(found[i]!, number, tolerance * scale));
}

/** A tensor of sin(1 + offset + i). */
export function sines(shape: readonly number[], offset = 0): T {
  const size = shape.reduce((product, length) => product * length, 1);
  return tf.tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(1 + offset + i)), [...shape]);
}

/**
 * Asserts that the gradients of a function equal those that TensorFlow.js derives from another way to write it, weighted by
 * an arbitrary tensor.
 */
export function assertSameGradients(
  f: (...xs: T[]) => T,
  composed: (...xs: T[]) => T,
  xs: readonly T[],
  tolerance = 5e-6,
): void {
  const weighted = (g: (...xs: T[]) => T) =>
    tf.valueAndGrads((...xs: T[]) => {
      const y = g(...xs);
      return tf.sum(tf.mul(y, sines(y.shape, 40)));
    })([...xs]);
  const [got, expected] = [weighted(f), weighted(composed)];
  assertTensor(got.value, [...expected.value.dataSync()], tolerance);
  got.grads.forEach((gradient, i) => {
    assertEquals(gradient.shape, xs[i]!.shape);
    assertTensor(gradient, [...expected.grads[i]!.dataSync()], tolerance);
  });
}
