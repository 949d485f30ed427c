/** Compiled steps compute what eager ones do. */
import { assertAlmostEquals, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import "../nn/tensorflow.ts";
import { crate } from "../../lib/nn/crate.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { compile, type Step, type StepInputs } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import type { ExecutionMode } from "../../lib/tensor/program.ts";
import { lion } from "../../lib/train/optimiser.ts";
import { initialState, trainingStep } from "../../lib/train/step.ts";
import { classifier, perceptron, quickSize } from "./training.ts";
import { withFolder } from "./folder.ts";

/** The losses of some steps, on the same batch turned by the step's number so that every batch differs. */
function losses(
  step: Step,
  inputs: Omit<StepInputs, "folder">,
  mode: ExecutionMode,
  count: number,
): number[] {
  const found: number[] = [];
  withFolder((folder) => {
    const compiled = compile(step, { ...inputs, folder, mode });
    for (let i = 0; i < count; i++) {
      found.push(compiled.run(turned(inputs.batch, i), { learningRate: 1e-3, step: i }).loss);
    }
    compiled.dispose();
  });
  return found;
}

function turned(batch: StepInputs["batch"], by: number): StepInputs["batch"] {
  return Object.fromEntries(
    Object.entries(batch).map(([name, { dtype, shape, data }]) => {
      const numbers = Array.from(data as ArrayLike<number>);
      const at = by * 13 % numbers.length;
      return [name, tensor(dtype, shape, [...numbers.slice(at), ...numbers.slice(0, at)])];
    }),
  );
}

const size = { ...quickSize, depth: 2 };
const vision = { ...size, stem: "linear", classBlocks: 1, layerScale: 1 } as const;
const shapes = {
  CRATE: classifier(
    crate,
    { ...size, step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" },
    8,
  ),
  ToST: classifier(tost, { ...vision, form: "code" }, 8),
  ViT: classifier(softmaxTwin, vision, 8),
};

for (const [name, { step, inputs }] of Object.entries(shapes)) {
  Deno.test(`a compiled ${name} has the losses of an eager one over 50 steps`, () => {
    const eager = losses(step, inputs, "eager", 50);
    const graph = losses(step, inputs, "graph", 50);
    eager.forEach((loss, i) => assertAlmostEquals(graph[i]!, loss, 1e-4 * loss));
    assertLess(graph.at(-1)!, graph[0]!);
  });
}

Deno.test("a step that XLA fuses has the losses of an eager one", () => {
  const { step, inputs } = perceptron;
  const eager = losses(step, inputs, "eager", 50);
  const fused = losses(step, inputs, "xla", 50);
  eager.forEach((loss, i) => assertAlmostEquals(fused[i]!, loss, 1e-4 * loss));
});

Deno.test("a compiled step goes on from a state that was read, with the same bits", () => {
  const { step, inputs } = perceptron;
  withFolder((folder) => {
    const compiled = compile(step, { ...inputs, folder });
    const other = compile(step, { ...inputs, folder });
    const run = (target: typeof compiled, from: number, to: number) => {
      for (let i = from; i < to; i++) target.run(turned(inputs.batch, i), { learningRate: 1e-2, step: i });
    };
    run(compiled, 0, 5);
    other.write(compiled.read());
    run(compiled, 5, 10);
    run(other, 5, 10);
    assertEquals(other.read(), compiled.read());
    assertNotEquals(compiled.read()["parameters.up"], inputs.state["parameters.up"]);
    compiled.dispose();
    other.dispose();
  });
});

Deno.test("2,000 compiled steps leave memory as it was", () => {
  const small = classifier(crate, {
    ...quickSize,
    depth: 1,
    width: 16,
    patch: 7,
    step: 0.1,
    sparsity: 0.1,
    output: "free",
    prox: "ista",
    pool: "mean",
  }, 4);
  withFolder((folder) => {
    const compiled = compile(small.step, { ...small.inputs, folder });
    const run = (count: number) => {
      for (let i = 0; i < count; i++) compiled.run(small.inputs.batch, { learningRate: 1e-3, step: i });
    };
    run(500); // until allocators and caches have settled
    const tensors = tf.memory().numTensors;
    const bytes = Deno.memoryUsage().rss;
    run(2000);
    assertEquals(tf.memory().numTensors, tensors);
    assertLess(Deno.memoryUsage().rss - bytes, 24 * 2 ** 20);
    compiled.dispose();
  });
});

for (const mode of ["eager", "graph"] as const) {
  Deno.test(`a step's metrics come back as numbers, and nothing stays behind (${mode})`, () => {
    const before = tf.memory().numTensors;
    withFolder((folder) => {
      const optimiser = lion();
      const line = compile(
        trainingStep({
          loss: ({ w }, { x }) => ({ loss: tf.sum(tf.mul(w!, x!)), metrics: { largest: tf.max(x!) } }),
          optimiser,
        }),
        {
          state: initialState({ w: tensor("float32", [2], [1, 2]) }, optimiser),
          batch: { x: tensor("float32", [2], [3, 4]) },
          scalars: { learningRate: "float32", step: "int32" },
          folder,
          mode,
        },
      );
      const run = (step: number) =>
        line.run({ x: tensor("float32", [2], [3, 4 + step]) }, { learningRate: 1, step });
      assertEquals(run(0), { loss: 11, metrics: { largest: 4 } });
      const during = tf.memory().numTensors;
      assertEquals(run(1), { loss: 0 * 3 + 1 * 5, metrics: { largest: 5 } }); // Lion took 1 off each weight
      assertEquals(tf.memory().numTensors, during);
      line.dispose();
    });
    assertEquals(tf.memory().numTensors, before);
  });
}
