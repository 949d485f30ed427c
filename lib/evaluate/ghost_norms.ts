/**
 * Ghost norms against gradients made one by one.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import type { Metrics } from "../kinds/metrics.ts";
import { initialise } from "../nn/initialise.ts";
import { type Layers, plainLayers } from "../nn/layers.ts";
import type { ParameterSpecs } from "../nn/parameters.ts";
import { tf } from "../tensor/native.ts";
import { freeing, mapValues, type Tensors, toTensors } from "../tensor/tensors.ts";
import { clippedSum } from "../train/private/clipped_sum.ts";

/** A network and examples to compare on. */
export interface Compared {
  /** The network's parameters. */
  readonly specs: ParameterSpecs;
  /** The seed of their values. */
  readonly seed: number;
  /** How many examples. */
  readonly count: number;
  /** The losses of examples, [examples], in TensorFlow. */
  readonly losses: (layers: Layers, examples: readonly number[]) => TensorFlow.Tensor;
}

/**
 * Compares the norm of each example's gradient, and the sum of all after clipping at their median norm, with what gradients
 * give that are made example by example. Needs TensorFlow to be loaded.
 *
 * @returns `norms`, the greatest relative difference of a norm, in all and by layer under `layers`; `cosine` between the two
 * clipped sums, and `shortfall`, how much it lacks of 1.
 */
export function compareGhostNorms({ specs, seed, count, losses }: Compared): Metrics {
  return freeing(() => {
    const parameters = toTensors(initialise(specs, seed));
    const names = Object.keys(parameters);
    const all = Array.from({ length: count }, (_, example) => example);
    const each = all.map((example) => {
      const { grads } = tf.valueAndGrads((...values: TensorFlow.Tensor[]) => {
        const record = Object.fromEntries(names.map((name, index) => [name, values[index]!]));
        return losses(plainLayers(record), [example]).asScalar();
      })(Object.values(parameters));
      return Object.fromEntries(names.map((name, index) => [name, numbers(grads[index]!)]));
    });
    const norms = each.map((gradient) => normOf(Object.values(gradient)));
    const clip = norms.toSorted((a, b) => a - b)[Math.floor(count / 2)]!;
    const ghost = (weights: readonly number[], clip: number) =>
      clippedSum((layers) => losses(layers, all), parameters, { clip, weights: tf.tensor1d([...weights]) });
    const found = ghost(all.map(() => 1), clip);
    const sum = mapValues(found.sum, numbers);
    const expected = mapValues(parameters, (tensor, name) => {
      const total = new Float64Array(tensor.size);
      each.forEach((gradient, example) => {
        const factor = Math.min(1, clip / norms[example]!);
        gradient[name]!.forEach((number, place) => total[place]! += factor * number);
      });
      return total;
    });
    const cosine = dot(sum, expected) / Math.sqrt(dot(sum, sum) * dot(expected, expected));
    return {
      norms: greatestDifference(numbers(found.norms), norms),
      layers: byLayer(each, parameters, losses),
      cosine,
      shortfall: Math.max(0, 1 - cosine),
      examples: count,
    };
  });
}

/** The greatest relative difference of a norm, layer by layer: all other parameters are held fixed. */
function byLayer(
  each: readonly Readonly<Record<string, Float64Array>>[],
  parameters: Tensors,
  losses: Compared["losses"],
): Readonly<Record<string, number>> {
  const all = [...each.keys()];
  const layers = [...new Set(Object.keys(parameters).map((name) => name.slice(0, name.lastIndexOf("."))))];
  const { squares } = clippedSum((layers) => losses(layers, all), parameters, {
    clip: 1,
    weights: tf.ones([each.length]),
  });
  return Object.fromEntries(layers.map((layer) => {
    const own = Object.keys(parameters).filter((name) => name.slice(0, name.lastIndexOf(".")) === layer);
    const norms = each.map((gradient) => normOf(own.map((name) => gradient[name]!)));
    return [layer, greatestDifference(numbers(tf.sqrt(squares[layer]!)), norms)];
  }));
}

function numbers(tensor: TensorFlow.Tensor): Float64Array {
  return Float64Array.from(tensor.dataSync() as Float32Array);
}

function normOf(parts: readonly Float64Array[]): number {
  return Math.sqrt(parts.reduce((sum, part) => sum + part.reduce((all, x) => all + x * x, 0), 0));
}

function dot(
  one: Readonly<Record<string, Float64Array>>,
  other: Readonly<Record<string, Float64Array>>,
): number {
  return Object.entries(one).reduce(
    (sum, [name, values]) => sum + values.reduce((all, x, place) => all + x * other[name]![place]!, 0),
    0,
  );
}

function greatestDifference(found: Float64Array, expected: readonly number[]): number {
  return Math.max(...expected.map((norm, example) => Math.abs(found[example]! - norm) / norm));
}
