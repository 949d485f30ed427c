/**
 * Computing on examples in batches of one size, as compiled functions need them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import { arrayOf, elementCount, type Tensor } from "../tensor/array.ts";
import { compileFunction } from "../tensor/compile.ts";
import { type Arrays, mapValues, type Tensors } from "../tensor/tensors.ts";
import { firstRows } from "./examples.ts";

/** Work on examples, batch by batch. */
export interface BatchedWork {
  /** What stays the same between batches: a model's parameters. */
  readonly parameters: Arrays;
  /** Arrays of one first axis, the examples. */
  readonly examples: Arrays;
  /** How many examples are computed on at a time, at most. */
  readonly size: number;
  /** Maps a batch to results of the same first axis, in TensorFlow. */
  readonly compute: (parameters: Tensors, batch: Tensors) => Tensors;
  /** How the compiled function is used on a batch: once, unless this says otherwise. */
  readonly use?: (run: (batch: Arrays) => Arrays, batch: Arrays) => Arrays;
}

/**
 * Computes on all examples with one compiled function. The last batch is filled up with the first examples again, whose
 * results are dropped.
 *
 * Needs TensorFlow to be loaded. Fails with a `RecordingError` or a `GraphError` on a function that cannot be compiled.
 *
 * @returns The results for all examples, in their order.
 */
export const computeInBatches = Effect.fnUntraced(function* (
  { parameters, examples, size, compute, use = (run, batch) => run(batch) }: BatchedWork,
): Effect.fn.Return<Arrays, unknown, Running> {
  const { scratch, report } = yield* Running;
  const count = Object.values(examples)[0]!.shape[0]!;
  const rows = Math.min(size, count);
  const batchAt = (start: number) => mapValues(examples, (array) => cyclicRows(array, start, rows));
  return yield* Effect.acquireUseRelease(
    Effect.try({
      try: () => compileFunction(compute, { parameters, inputs: batchAt(0), folder: scratch }),
      catch: (error) => error,
    }),
    (compiled) =>
      Effect.gen(function* () {
        const parts: Arrays[] = [];
        for (let start = 0; start < count; start += rows) {
          const results = use((batch) => compiled.run(batch), batchAt(start));
          parts.push(mapValues(results, (array) => firstRows(array, Math.min(rows, count - start))));
          report({ step: Math.min(start + rows, count), total: count, unit: "examples" });
          yield* Effect.yieldNow; // lets an interruption through
        }
        return mapValues(parts[0]!, (_, name) => joined(parts.map((part) => part[name]!)));
      }),
    (compiled) => Effect.sync(() => compiled.dispose()),
  );
});

/** Rows from `start`, going on from the first row after the last. */
export function cyclicRows({ dtype, shape, data }: Tensor, start: number, rows: number): Tensor {
  const [count, ...rest] = shape as [number, ...number[]];
  const row = elementCount(rest);
  const taken = new arrayOf[dtype](rows * row);
  for (let place = 0; place < rows; place++) {
    const from = ((start + place) % count) * row;
    taken.set(data.subarray(from, from + row) as never, place * row);
  }
  return { dtype, shape: [rows, ...rest], data: taken };
}

/** Arrays one after another along their first axis. */
export function joined(parts: readonly Tensor[]): Tensor {
  const { dtype, shape } = parts[0]!;
  const rows = parts.reduce((sum, part) => sum + part.shape[0]!, 0);
  const data = new arrayOf[dtype](rows * elementCount(shape.slice(1)));
  let place = 0;
  for (const part of parts) {
    data.set(part.data as never, place);
    place += part.data.length;
  }
  return { dtype, shape: [rows, ...shape.slice(1)], data };
}
