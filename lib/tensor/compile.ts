/**
 * Compiled functions: a TensorFlow.js function, recorded once and replayed as one TensorFlow graph.
 *
 * An eager operation costs some 12 µs, and a small training step is a thousand of them. So the step runs eagerly once,
 * autodiff and optimiser included, while every operation is noted (`recorder.ts`); the notes become a graph
 * (`graphdef.ts`) in a session of its own (`session.ts`), which holds parameters and optimiser state as variables. A
 * run then sends the batch and brings back the loss.
 *
 * @module
 */
import { type ExecutionMode, openProgram } from "./program.ts";
import { RecordingError } from "./recorder.ts";
import type { Scalars, ScalarTypes } from "./signature.ts";
import { type Arrays, mapValues, prefixed, type Tensors, under } from "./tensors.ts";

/** What a step computes. */
export interface StepResult {
  /** The next state, by the names of the one before. */
  readonly state: Tensors;
  /** The loss: a scalar. */
  readonly loss: Tensors[string];
  /** Other scalars worth watching, by name. */
  readonly metrics?: Tensors;
}

/**
 * One step of a training: state, batch and scalars in, next state and loss out. It computes with TensorFlow.js
 * operations alone and takes everything that changes through its arguments.
 */
export type Step = (state: Tensors, batch: Tensors, scalars: Tensors) => StepResult;

/** What {@linkcode compile} needs besides the step. */
export interface StepInputs {
  /** The state before the first step. */
  readonly state: Arrays;
  /** A batch like those to come: only names, dtypes and shapes matter. */
  readonly batch: Arrays;
  /** The scalars and their dtypes. */
  readonly scalars: ScalarTypes;
  /** An existing folder for a file that lives a moment. */
  readonly folder: string;
  /** How the step is executed. Default `graph`. */
  readonly mode?: ExecutionMode;
}

/** A step ready to run many times. It holds the state. */
export interface CompiledStep {
  /** Makes one step. Throws an {@linkcode InputError} when the batch has another shape than the recorded one. */
  run(batch: Arrays, scalars: Scalars): { readonly loss: number; readonly metrics: Scalars };
  /** A copy of the state. */
  read(): Arrays;
  /** Replaces the state. */
  write(state: Arrays): void;
  /** Frees what it holds. */
  dispose(): void;
}

/**
 * Compiles a training step.
 *
 * @example Usage
 * ```ts
 * import * as Effect from "effect/Effect";
 * import { tensor } from "./array.ts";
 * import { compile } from "./compile.ts";
 * import { installTensorFlow } from "./native/install.ts";
 * import { loadTensorFlow, tf } from "./native.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * await loadTensorFlow(await Effect.runPromise(installTensorFlow(() => {})));
 *
 * // Gradient descent on (w − target)², by hand: w ← w − rate · 2 (w − target).
 * const batch = { target: tensor("float32", [], [3]) };
 * const folder = Deno.makeTempDirSync();
 * const descent = compile(({ w }, { target }, { rate }) => {
 *   const error = tf.sub(w!, target!);
 *   return { state: { w: tf.sub(w!, tf.mul(error, tf.mul(rate!, 2))) }, loss: tf.square(error) };
 * }, { state: { w: tensor("float32", [], [1]) }, batch, scalars: { rate: "float32" }, folder });
 *
 * assertAlmostEquals(descent.run(batch, { rate: 0.25 }).loss, 4);
 * assertAlmostEquals(descent.run(batch, { rate: 0.25 }).loss, 1);
 * assertAlmostEquals(descent.read().w!.data[0] as number, 2.5);
 * descent.dispose();
 * Deno.removeSync(folder);
 * ```
 *
 * @param step The step.
 * @param inputs Its first state, a batch, and its scalars.
 * @throws {RecordingError} When the step depends on anything but its arguments.
 * @throws {GraphError} When TensorFlow refuses the graph.
 */
export function compile(step: Step, inputs: StepInputs): CompiledStep {
  const { state, batch, scalars, folder, mode = "graph" } = inputs;
  const program = openProgram({
    work: (all) => {
      const result = step(under(all, "state."), under(all, "batch."), under(all, "scalars."));
      refuseOtherState(Object.keys(result.state), Object.keys(state));
      return {
        ...prefixed("state.", result.state),
        ...prefixed("metrics.", result.metrics ?? {}),
        loss: result.loss,
      };
    },
    variables: prefixed("state.", state),
    arrays: prefixed("batch.", batch),
    scalars: prefixed("scalars.", scalars),
    folder,
    mode,
  });
  return {
    run: (batch, scalars) => {
      const results = program.run(prefixed("batch.", batch), prefixed("scalars.", scalars));
      const { loss, ...metrics } = mapValues(results, ({ data }) => Number(data[0]));
      return { loss: loss!, metrics: under(metrics, "metrics.") };
    },
    read: () => under(program.read(), "state."),
    write: (state) => program.write(prefixed("state.", state)),
    dispose: program.dispose,
  };
}

/** A step must hand on exactly the state that it was given. */
function refuseOtherState(got: readonly string[], expected: readonly string[]): void {
  const lost = expected.find((name) => !got.includes(name));
  const added = got.find((name) => !expected.includes(name));
  if (lost === undefined && added === undefined) return;
  throw new RecordingError({
    message: `The step hands on another state than it was given: ` +
      (lost !== undefined ? `${lost} is missing from its result.` : `${added} was not there before.`),
  });
}

/** What {@linkcode compileFunction} needs besides the function. */
export interface FunctionInputs {
  /** What stays the same between runs, such as a model's parameters. */
  readonly parameters: Arrays;
  /** Inputs like those to come: only names, dtypes and shapes matter. */
  readonly inputs: Arrays;
  /** Scalars that change from run to run, and their dtypes. */
  readonly scalars?: ScalarTypes;
  /** An existing folder for a file that lives a moment. */
  readonly folder: string;
  /** How it is executed. Default `graph`. */
  readonly mode?: ExecutionMode;
}

/** A function ready to run many times: for inference, evaluation and attacks. */
export interface CompiledFunction {
  /** Computes. Throws an {@linkcode InputError} when the inputs have other shapes than the recorded ones. */
  run(inputs: Arrays, scalars?: Scalars): Arrays;
  /** Replaces the parameters. */
  write(parameters: Arrays): void;
  /** Frees what it holds. */
  dispose(): void;
}

/**
 * Compiles a function that changes nothing. It may take gradients inside, as attacks do.
 *
 * @param f The function.
 * @param inputs Its parameters and inputs.
 * @throws {RecordingError} When the function depends on anything but its arguments.
 * @throws {GraphError} When TensorFlow refuses the graph.
 */
export function compileFunction(
  f: (parameters: Tensors, inputs: Tensors, scalars: Tensors) => Tensors,
  inputs: FunctionInputs,
): CompiledFunction {
  const program = openProgram({
    work: (all) => f(under(all, "parameters."), under(all, "inputs."), under(all, "scalars.")),
    variables: prefixed("parameters.", inputs.parameters),
    arrays: prefixed("inputs.", inputs.inputs),
    scalars: prefixed("scalars.", inputs.scalars ?? {}),
    folder: inputs.folder,
    mode: inputs.mode ?? "graph",
  });
  return {
    run: (inputs, scalars = {}) => program.run(prefixed("inputs.", inputs), prefixed("scalars.", scalars)),
    write: (parameters) => program.write(prefixed("parameters.", parameters)),
    dispose: program.dispose,
  };
}
