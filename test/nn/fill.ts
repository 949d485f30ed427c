import { elementCount } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import type { Parameters, ParameterSpecs } from "../../lib/nn/parameters.ts";

/** The parameters' values of `reference.py`: 0.3 sin(1 + 10 k + i), around 1 for gains and variances. */
export function fill(specs: ParameterSpecs): Parameters {
  return Object.fromEntries(
    Object.keys(specs).sort().map((name, k) => {
      const { shape } = specs[name]!;
      const around = /(variance|gain)$/.test(name) ? 1 : 0;
      const values = Float32Array.from(
        { length: elementCount(shape) },
        (_, i) => around + 0.3 * Math.sin(1 + 10 * k + i),
      );
      return [name, tf.tensor(values, [...shape])];
    }),
  );
}

/** The tensor sin(0), sin(1), … of a shape. */
export function sines(...shape: number[]): ReturnType<typeof tf.tensor> {
  return tf.tensor(Float32Array.from({ length: elementCount(shape) }, (_, i) => Math.sin(i)), shape);
}
