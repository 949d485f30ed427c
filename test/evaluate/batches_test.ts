import { assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { type Progress, Running } from "../../lib/dag/running.ts";
import { type BatchedWork, computeInBatches, cyclicRows, joined } from "../../lib/evaluate/batches.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import "../nn/tensorflow.ts";

const numbers = tensor("float32", [5, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

async function compute(work: BatchedWork, report: (progress: Progress) => void = () => {}) {
  const scratch = await Deno.makeTempDir();
  const running = { report, log: () => {}, scratch, env: {}, prepared: {} };
  try {
    return await Effect.runPromise(computeInBatches(work).pipe(Effect.provideService(Running, running)));
  } finally {
    await Deno.remove(scratch, { recursive: true });
  }
}

Deno.test("computeInBatches() gives the results of all examples in their order", async () => {
  const told: Progress[] = [];
  const { sums } = await compute({
    parameters: { offset: tensor("float32", [], [100]) },
    examples: { x: numbers },
    size: 2,
    compute: ({ offset }, { x }) => ({ sums: tf.add(tf.sum(x!, 1), offset!) }),
  }, (progress) => told.push(progress));
  assertEquals(sums, tensor("float32", [5], [101, 105, 109, 113, 117]));
  assertEquals(told.map(({ step, total }) => [step, total]), [[2, 5], [4, 5], [5, 5]]);
});

Deno.test("computeInBatches() takes fewer examples than a batch holds", async () => {
  const { y } = await compute({
    parameters: {},
    examples: { x: numbers },
    size: 64,
    compute: (_, { x }) => ({ y: tf.neg(x!) }),
  });
  assertEquals(y!.shape, [5, 2]);
});

Deno.test("computeInBatches() uses the compiled function as it is told", async () => {
  const { x } = await compute({
    parameters: {},
    examples: { x: numbers },
    size: 3,
    compute: (_, { x }) => ({ x: tf.mul(x!, 2) }),
    use: (run, batch) => run(run(run(batch))),
  });
  assertEquals(x, tensor("float32", [5, 2], [0, 8, 16, 24, 32, 40, 48, 56, 64, 72]));
});

Deno.test("cyclicRows() goes on from the first row after the last", () => {
  assertEquals(cyclicRows(numbers, 4, 3), tensor("float32", [3, 2], [8, 9, 0, 1, 2, 3]));
});

Deno.test("joined() puts arrays one after another", () => {
  const [a, b] = [tensor("int32", [1, 2], [1, 2]), tensor("int32", [2, 2], [3, 4, 5, 6])];
  assertEquals(joined([a, b]), tensor("int32", [3, 2], [1, 2, 3, 4, 5, 6]));
});
