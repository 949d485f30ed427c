/**
 * Starting values of a network's parameters, as functions of a seed.
 *
 * @module
 */
import { normal, uniform } from "../data/random.ts";
import { elementCount, type Tensor } from "../tensor/array.ts";
import { type Arrays, mapValues } from "../tensor/tensors.ts";
import type { ParameterSpec, ParameterSpecs } from "./parameters.ts";

/**
 * Draws a network's starting values, as float32 arrays by name.
 *
 * Each parameter has draws of its own, by its name: two networks of one seed start alike wherever they have a parameter
 * of one name and shape, which makes twins comparable.
 *
 * @example Usage
 * ```ts
 * import { initialise } from "./initialise.ts";
 * import { constant, uniform } from "./parameters.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const specs = { weight: uniform([2, 3], 0.1), gain: constant([3], 1) };
 * assertEquals(initialise(specs, 1).gain!.data, new Float32Array([1, 1, 1]));
 * assertEquals(initialise(specs, 1), initialise(specs, 1));
 * ```
 */
export function initialise(specs: ParameterSpecs, seed: number): Arrays {
  return mapValues(specs, (spec, name) => draw(spec, name, seed));
}

function draw({ shape, initial }: ParameterSpec, name: string, seed: number): Tensor {
  const count = elementCount(shape);
  const key = { seed, stream: `parameter ${name}` };
  switch (initial.kind) {
    case "constant":
      return { dtype: "float32", shape, data: new Float32Array(count).fill(initial.value) };
    case "normal":
      return {
        dtype: "float32",
        shape,
        data: Float32Array.from(normal(key, count), (z) => initial.deviation * z),
      };
    case "uniform":
      return {
        dtype: "float32",
        shape,
        data: Float32Array.from(uniform(key, count), (u) => initial.bound * (2 * u - 1)),
      };
  }
}
