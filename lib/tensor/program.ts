/**
 * Programs: a function of named tensors with variables that outlive a run, executed eagerly or as a recorded graph.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import * as Schema from "effect/Schema";
import type { Tensor } from "./array.ts";
import { dtypeCode, type Handle, idOf, nativeBackend } from "./binding.ts";
import { encodeSavedModel, type GraphMode, graphNames } from "./graphdef.ts";
import { tf } from "./native.ts";
import { record, refuseBakedValues, type Tape } from "./recorder.ts";
import { openSession } from "./session.ts";
import { type Arrays, freeing, mapValues, type Tensors, toArrays, toTensors } from "./tensors.ts";

/** What is given to a program is not what it was made for: which input, what was expected and what came. */
export class InputError extends Schema.TaggedError<InputError>()("InputError", {
  message: Schema.String,
}) {}

/**
 * How a program is executed: operation by operation as it is written (`eager`), as a TensorFlow graph (`graph`), or as a
 * graph that XLA fuses (`xla`). The three round differently, so a task that trains declares its mode as a parameter: it
 * is part of the key, and the same key computes the same way everywhere.
 */
export type ExecutionMode = "eager" | GraphMode;

/** The dtype of a scalar that changes from run to run. */
export type ScalarType = "float32" | "int32";

/** What comes in besides arrays, by name: `{ learningRate: "float32", step: "int32" }`. */
export type ScalarTypes = Readonly<Record<string, ScalarType>>;

/** Scalars as numbers, by name. */
export type Scalars = Readonly<Record<string, number>>;

/** What a program is made of. All names are distinct. */
export interface ProgramSpec {
  /** Computes named results from all variables, arrays and scalars. */
  readonly work: (inputs: Tensors) => Tensors;
  /** The variables' first values. A result of a variable's name becomes its next value. */
  readonly variables: Arrays;
  /** Arrays like those that each run brings: only names, dtypes and shapes matter. */
  readonly arrays: Arrays;
  /** The scalars that each run brings. */
  readonly scalars: ScalarTypes;
  /** An existing folder for a file that lives a moment. */
  readonly folder: string;
  /** How it is executed. */
  readonly mode: ExecutionMode;
}

/** A program ready to run. It holds the variables. */
export interface Program {
  /** Runs it once and returns the results that are not variables. */
  run(arrays: Arrays, scalars: Scalars): Arrays;
  /** A copy of the variables. */
  read(): Arrays;
  /** Replaces the variables. */
  write(variables: Arrays): void;
  /** Frees what it holds. */
  dispose(): void;
}

/**
 * Makes a program.
 *
 * @throws {RecordingError} When the work depends on anything but its inputs.
 * @throws {GraphError} When TensorFlow refuses the graph.
 */
export function openProgram(spec: ProgramSpec): Program {
  const program = spec.mode === "eager" ? eagerProgram(spec) : graphProgram(spec, spec.mode);
  return {
    ...program,
    run: (arrays, scalars) => {
      checkArrays(arrays, spec.arrays);
      checkScalars(scalars, spec.scalars);
      return program.run(arrays, scalars);
    },
    write: (variables) => {
      checkArrays(variables, spec.variables);
      program.write(variables);
    },
  };
}

function eagerProgram({ work, variables: first, scalars: types }: ProgramSpec): Program {
  let variables = toTensors(first);
  const replace = (next: Tensors) => {
    const kept = new Set(Object.values(next));
    tf.dispose(Object.values(variables).filter((tensor) => !kept.has(tensor)));
    variables = next;
  };
  return {
    run: (arrays, scalars) => {
      const results = tf.tidy(() => ({
        ...work({ ...variables, ...toTensors(arrays), ...toScalars(scalars, types) }),
      }));
      const isVariable = ([name]: [string, unknown]) => Object.hasOwn(first, name);
      const values = Object.fromEntries(Object.entries(results).filter((entry) => !isVariable(entry)));
      replace({ ...variables, ...Object.fromEntries(Object.entries(results).filter(isVariable)) });
      const arraysOut = toArrays(values);
      tf.dispose(values);
      return arraysOut;
    },
    read: () => toArrays(variables),
    write: (next) => replace(toTensors(next)),
    dispose: () => tf.dispose(variables),
  };
}

function graphProgram(spec: ProgramSpec, mode: GraphMode): Program {
  const { variables, arrays, scalars: types, folder } = spec;
  const names = Object.keys(variables);
  const { tape, handles } = recordTwice(spec);
  const fetches = Object.keys(tape.outputs).filter((name) => !Object.hasOwn(variables, name));
  const feeds = [...Object.keys(arrays), ...Object.keys(types)];
  const session = openSession(
    encodeSavedModel({
      tape,
      variables: pick(handles, names),
      feeds: pick(handles, feeds),
      assigned: names.filter((name) => Object.hasOwn(tape.outputs, name)),
      fetches,
      mode,
    }, nativeBackend().binding),
    folder,
  );
  const fetchNames = fetches.map((_, i) => graphNames.fetch(i));
  const named = (keys: readonly string[], values: readonly Tensor[]) =>
    Object.fromEntries(keys.map((key, i) => [key, values[i]!]));
  const program: Program = {
    run: (arrays, scalars) => {
      const inputs = { ...toTensors(arrays), ...toScalars(scalars, types) };
      try {
        const byPlaceholder = Object.fromEntries(feeds.map((name, i) => [graphNames.feed(i), inputs[name]!]));
        return named(fetches, session.run(byPlaceholder, fetchNames));
      } finally {
        tf.dispose(inputs);
      }
    },
    read: () => named(names, session.run({}, names.map((_, i) => graphNames.read(i)))),
    write: (values) => {
      const inputs = toTensors(values);
      try {
        session.run(
          Object.fromEntries(names.map((name, i) => [graphNames.write(i), inputs[name]!])),
          [graphNames.written],
        );
      } finally {
        tf.dispose(inputs);
      }
    },
    dispose: session.close,
  };
  program.write(variables);
  return program;
}

/** Records the work, and once more with other scalars, to refuse what JavaScript bakes in. */
function recordTwice(spec: ProgramSpec): { tape: Tape; handles: Readonly<Record<string, Handle>> } {
  return freeing(() => {
    const fixed = { ...toTensors(spec.variables), ...toTensors(spec.arrays) };
    const inputs = (value: number) => ({
      ...fixed,
      ...toScalars(mapValues(spec.scalars, () => value), spec.scalars),
    });
    const once = inputs(1);
    const tape = freeing(() => record(spec.work, once));
    refuseBakedValues(tape, freeing(() => record(spec.work, inputs(2))));
    const handles = mapValues(once, (tensor) => ({
      id: idOf(tensor),
      shape: tensor.shape,
      dtype: dtypeCode[tensor.dtype]!,
    }));
    return { tape, handles };
  });
}

function toScalars(scalars: Scalars, types: ScalarTypes): Record<string, TensorFlow.Tensor> {
  return mapValues(types, (dtype, name) => tf.scalar(scalars[name]!, dtype));
}

function pick<A>(record: Readonly<Record<string, A>>, names: readonly string[]): Record<string, A> {
  return Object.fromEntries(names.map((name) => [name, record[name]!]));
}

function checkArrays(arrays: Arrays, expected: Arrays): void {
  checkNames(Object.keys(arrays), Object.keys(expected));
  for (const [name, { dtype, shape }] of Object.entries(expected)) {
    const array = arrays[name]!;
    if (array.dtype === dtype && array.shape.join() === shape.join()) continue;
    throw new InputError({
      message: `A compiled function was made for ${name} ${dtype} [${shape}] but got ${array.dtype} ` +
        `[${array.shape}]; give it that shape, or compile it again for the new one.`,
    });
  }
}

function checkScalars(scalars: Scalars, types: ScalarTypes): void {
  checkNames(Object.keys(scalars), Object.keys(types));
  for (const [name, type] of Object.entries(types)) {
    const value = scalars[name]!;
    if (type === "float32" || Number.isInteger(value) && Math.abs(value) <= 2 ** 31) continue;
    throw new InputError({ message: `The scalar ${name} is ${value}, which is not a 32-bit whole number.` });
  }
}

function checkNames(got: readonly string[], expected: readonly string[]): void {
  const missing = expected.filter((name) => !got.includes(name));
  const unknown = got.filter((name) => !expected.includes(name));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new InputError({
    message: `A compiled function was made for ${expected.join(", ") || "no inputs"}; ` +
      [
        ...missing.length > 0 ? [`${missing.join(", ")} did not come`] : [],
        ...unknown.length > 0 ? [`${unknown.join(", ")} is not one of them`] : [],
      ].join(" and ") + ".",
  });
}
