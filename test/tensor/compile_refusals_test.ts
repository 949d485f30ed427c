/** What compile() refuses, and in which words. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import "../nn/tensorflow.ts";
import { compile, type Step, type StepInputs } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import { RecordingError } from "../../lib/tensor/recorder.ts";
import { InputError } from "../../lib/tensor/signature.ts";
import { perceptron, spread } from "./training.ts";
import { withFolder } from "./folder.ts";

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
