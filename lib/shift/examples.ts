/**
 * Examples of the linear set-up: signal features that decide the label, and nuisance features that do not.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { DataError } from "../data/folder.ts";
import { labelsOf } from "../data/labelled.ts";
import { normal } from "../data/random.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { type Tensor, tensor } from "../tensor/array.ts";

/** A linear world: x_S ~ N(0, I_d), labelled by the sign of its first coordinate. */
export const LinearWorld = Schema.Struct({
  /** Signal features, d. */
  features: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 4096 })),
  /** Examples. */
  count: Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 8192 })),
  /** The seed. */
  seed: Schema.Int,
});

/** A linear world: x_S ~ N(0, I_d), labelled by the sign of its first coordinate. */
export type LinearWorld = typeof LinearWorld.Type;

/** Draws the examples of a linear world: `signal` float64 `[n, d]`, `labels` int32 `[n]`. Fewer begin more. */
export function drawLinearWorld({ features, count, seed }: LinearWorld): Dataset {
  const signal = normal({ seed, stream: "linear-world" }, count * features);
  const labels = Int32Array.from({ length: count }, (_, row) => signal[row * features]! > 0 ? 1 : 0);
  return {
    about: { name: "linear world", split: "train", classes: ["negative", "positive"] },
    tensors: {
      signal: tensor("float64", [count, features], signal.slice()),
      labels: tensor("int32", [count], labels),
    },
  };
}

/** The first n examples of the linear set-up, as learners and bounds need them. */
export interface LinearExamples {
  /** How many, n. */
  readonly count: number;
  /** Signal features, row after row. */
  readonly signal: Rows;
  /** Nuisance features, row after row; rows of length 0 where there are none. */
  readonly nuisance: Rows;
  /** The labels to learn from, −1 or 1. */
  readonly labels: Float64Array;
  /** The labels as they were before any noise, −1 or 1. */
  readonly clean: Float64Array;
}

/** Rows of one length. */
export interface Rows {
  /** The length of a row. */
  readonly width: number;
  /** The numbers, row after row. */
  readonly data: Float64Array;
}

/**
 * Takes the first examples out of a dataset with `signal`, `labels` of two classes, and perhaps `nuisance` and
 * `trueLabels`.
 *
 * @param count How many; fails when there are fewer.
 */
export const linearExamples = Effect.fnUntraced(function* (
  data: Dataset,
  count: number,
): Effect.fn.Return<LinearExamples, DataError> {
  const { signal, nuisance, trueLabels } = data.tensors;
  const labels = yield* labelsOf(data);
  const refuse = (message: string) =>
    new DataError({ message: `The dataset ${data.about.name} ${message}.` });
  if (labels.classes.length !== 2) {
    return yield* refuse(`should have two classes; it has ${labels.classes.length}`);
  }
  if (count > labels.data.length) {
    return yield* refuse(`has ${labels.data.length} examples; ${count} were asked for`);
  }
  if (
    !isRows(signal, labels.data.length) || !(nuisance === undefined || isRows(nuisance, labels.data.length))
  ) {
    return yield* refuse("should hold signal, float64 [n, d], and nuisance of the same form if any");
  }
  return {
    count,
    signal: firstRows(signal, count, signal.shape[1]!),
    // Of triangular coordinates, n examples fill only the first n columns.
    nuisance: nuisance === undefined
      ? { width: 0, data: new Float64Array(0) }
      : firstRows(nuisance, count, Math.min(count, nuisance.shape[1]!)),
    labels: signs(labels.data, count),
    clean: signs((trueLabels?.data ?? labels.data) as Int32Array, count),
  };
});

function isRows(found: Tensor | undefined, count: number): found is Tensor & { data: Float64Array } {
  return found?.dtype === "float64" && found.shape.length === 2 && found.shape[0] === count;
}

function firstRows({ shape, data }: Tensor & { data: Float64Array }, count: number, width: number): Rows {
  const stride = shape[1]!;
  if (width === stride) return { width, data: data.subarray(0, count * stride) };
  const rows = new Float64Array(count * width);
  for (let row = 0; row < count; row += 1) {
    rows.set(data.subarray(row * stride, row * stride + width), row * width);
  }
  return { width, data: rows };
}

function signs(labels: Int32Array, count: number): Float64Array {
  return Float64Array.from(labels.subarray(0, count), (label) => label === 1 ? 1 : -1);
}
