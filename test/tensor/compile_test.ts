import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import "../nn/tensorflow.ts";
import { crate } from "../../lib/nn/crate.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost } from "../../lib/nn/tost.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { compile, compileFunction, type Step, type StepInputs } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import type { ExecutionMode } from "../../lib/tensor/program.ts";
import { RecordingError } from "../../lib/tensor/recorder.ts";
import { GraphError, openSession } from "../../lib/tensor/session.ts";
import { InputError } from "../../lib/tensor/signature.ts";
import { lion } from "../../lib/train/optimiser.ts";
import { initialState, trainingStep } from "../../lib/train/step.ts";
import { classifier, perceptron, quickSize, spread } from "./training.ts";

/** A folder for the duration of a test. */
function withFolder(work: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    work(folder);
    assertEquals([...Deno.readDirSync(folder)], [], "compiling leaves nothing behind");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

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

/** The error of compiling a perceptron whose loss is changed. */
function refusal(
  change: (loss: ReturnType<typeof tf.scalar>, x: ReturnType<typeof tf.tensor2d>) => unknown,
): string {
  const { step, inputs } = perceptron;
  let message = "";
  withFolder((folder) => {
    const changed: Step = (state, batch, scalars) => {
      const result = step(state, batch, scalars);
      return { ...result, loss: change(result.loss as never, batch.x as never) as never };
    };
    message = assertThrows(() => compile(changed, { ...inputs, folder }), RecordingError).message;
  });
  return message;
}

Deno.test("compile() refuses a value that JavaScript computes anew, naming the operation", () => {
  let count = 0;
  assertEquals(
    refusal((loss) => tf.mul(loss, ++count)).replace(/operation \d+ of \d+/, "operation N of M"),
    "The step bakes in a value that JavaScript computed: a float32 [] that goes into Mul (operation N of M) " +
      "differs between two recordings. Pass it in with the scalars or the batch, or draw it with uniform and " +
      "normal of lib/tensor/random.ts.",
  );
  const noise = refusal((loss, x) => tf.add(loss, tf.mean(tf.mul(x, tf.randomNormal([4, 8])))));
  assert(noise.includes("a float32 [4,8] that goes into Mul"), noise);
});

Deno.test("compile() refuses a step that does something else the second time", () => {
  let first = true;
  const message = refusal((loss) => {
    const result = first ? tf.square(loss) : tf.exp(loss);
    first = false;
    return result;
  });
  assert(/its entry \d+ is Square at first and Exp the second time/.test(message), message);
});

Deno.test("compile() refuses a step that looks at a tensor's value", () => {
  const looked = refusal((loss) => loss.dataSync()[0]! > 1 ? loss : tf.square(loss));
  assert(looked.startsWith("The step looks at a tensor's value"), looked);
  const gathered = refusal((loss, x) => tf.add(loss, tf.sum(tf.gather(x, tf.cast(tf.sum(x, 1), "int32")))));
  assert(gathered.includes("for tf.gather: gather of lib/tensor/gather.ts"), gathered);
});

Deno.test("compile() refuses a tensor from outside of the step", () => {
  const outside = tf.scalar(2);
  tf.square(outside).dispose(); // now TensorFlow has it
  const message = refusal((loss) => tf.mul(loss, outside));
  outside.dispose();
  assert(message.startsWith("Input 1 of Mul is a tensor that was made before the step began"), message);
});

Deno.test("compile() refuses a step that hands on another state", () => {
  const { step, inputs } = perceptron;
  withFolder((folder) => {
    const forgetful: Step = (state, batch, scalars) => {
      const { state: { "parameters.up": _, ...rest }, ...result } = step(state, batch, scalars);
      return { ...result, state: rest };
    };
    assertEquals(
      assertThrows(() => compile(forgetful, { ...inputs, folder }), RecordingError).message,
      "The step hands on another state than it was given: parameters.up is missing from its result.",
    );
  });
});

for (const mode of ["eager", "graph"] as const) {
  Deno.test(`a compiled step refuses inputs that it was not made for (${mode})`, () => {
    const { step, inputs } = perceptron;
    withFolder((folder) => {
      const compiled = compile(step, { ...inputs, folder, mode });
      const refused = (batch: StepInputs["batch"], scalars: Record<string, number>) =>
        assertThrows(() => compiled.run(batch, scalars), InputError).message;
      const rates = { learningRate: 0.1, step: 0 };
      assertEquals(
        refused({ ...inputs.batch, x: spread("float32", [3, 8]) }, rates),
        "A compiled function was made for batch.x float32 [4,8] but got float32 [3,8]; give it that shape, or " +
          "compile it again for the new one.",
      );
      assertEquals(
        refused({ x: inputs.batch.x! }, rates),
        "A compiled function was made for batch.x, batch.y; batch.y did not come.",
      );
      assertEquals(
        refused(inputs.batch, { ...rates, seed: 1 }),
        "A compiled function was made for scalars.learningRate, scalars.step; scalars.seed is not one of them.",
      );
      assertEquals(
        refused(inputs.batch, { ...rates, step: 0.5 }),
        "The scalar scalars.step is 0.5, which is not a 32-bit whole number.",
      );
      assertThrows(() => compiled.write({}), InputError, "did not come");
      compiled.run(inputs.batch, rates); // still works
      compiled.dispose();
    });
  });
}

Deno.test("compileFunction() computes with gradients inside and with new parameters", () => {
  withFolder((folder) => {
    // The gradient of Σ (a x)² with respect to x is 2 a² x.
    const gradient = compileFunction(
      ({ a }, { x }) => ({ gradient: tf.grad((x) => tf.sum(tf.square(tf.mul(a!, x))))(x!) }),
      {
        parameters: { a: tensor("float32", [], [3]) },
        inputs: { x: tensor("float32", [2], [0, 0]) },
        folder,
      },
    );
    const x = tensor("float32", [2], [1, -2]);
    assertEquals(gradient.run({ x }).gradient, tensor("float32", [2], [18, -36]));
    gradient.write({ a: tensor("float32", [], [1]) });
    assertEquals(gradient.run({ x }).gradient, tensor("float32", [2], [2, -4]));
    gradient.dispose();
    assertThrows(() => gradient.run({ x }), GraphError, "it has been disposed");
  });
});

for (const mode of ["eager", "graph"] as const) {
  Deno.test(`compileFunction() may give back what it was given (${mode})`, () => {
    withFolder((folder) => {
      const [a, x] = [tensor("float32", [], [3]), tensor("float32", [2], [1, 2])];
      const same = compileFunction(
        ({ a }, { x }) => ({ a: a!, x: x!, constant: tf.scalar(5) }),
        { parameters: { a }, inputs: { x }, folder, mode },
      );
      const expected = { a, x, constant: tensor("float32", [], [5]) };
      assertEquals(same.run({ x }), expected);
      assertEquals(same.run({ x }), expected);
      same.dispose();
    });
  });
}

Deno.test("compileFunction() takes bytes and whole numbers, and gives truth values", () => {
  withFolder((folder) => {
    const bright = compileFunction(
      (_, { image }) => ({ bright: tf.greater(image!, 127), half: tf.cast(tf.div(image!, 2), "int32") }),
      { parameters: {}, inputs: { image: tensor("uint8", [3], [0, 0, 0]) }, folder },
    );
    const { bright: mask, half } = bright.run({ image: tensor("uint8", [3], [255, 128, 127]) });
    assertEquals(mask, tensor("bool", [3], [1, 1, 0]));
    assertEquals(half, tensor("int32", [3], [127, 64, 63]));
    bright.dispose();
  });
});

Deno.test("openSession() refuses a folder that is not there", () => {
  const { message } = assertThrows(() => openSession(new Uint8Array(0), "/nowhere/at/all"), GraphError);
  assert(message.startsWith("TensorFlow cannot load a compiled graph: No such file or directory"), message);
});

Deno.test("openSession() refuses a damaged graph in one sentence", () => {
  withFolder((folder) => {
    for (
      const bytes of [
        new Uint8Array(0),
        new Uint8Array([1, 2, 3]),
        new TextEncoder().encode("not a graph at all"),
      ]
    ) {
      const { message } = assertThrows(() => openSession(bytes, folder), GraphError);
      assert(message.startsWith("TensorFlow cannot load a compiled graph: "), message);
      assert(!message.includes("\n"), message);
    }
  });
});
