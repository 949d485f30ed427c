/**
 * Programs: a function of named tensors with variables that outlive a run, executed eagerly or as a recorded graph.
 *
 * @module
 */
import type * as TensorFlow from "@tensorflow/tfjs";
import { dtypeCode, type Handle, idOf, nativeBackend } from "./binding.ts";
import { encodeSavedModel, type GraphMode, graphNames } from "./graphdef.ts";
import { tf } from "./native.ts";
import { record, refuseBakedValues, type Tape } from "./recorder.ts";
import {
  checkArrays,
  checkScalars,
  type Scalars,
  type ScalarTypes,
  type Signature,
  signatureOf,
} from "./signature.ts";
import { openSession, type Session } from "./session.ts";
import { type Arrays, freeing, mapValues, type Tensors, toArrays, toTensors } from "./tensors.ts";

/**
 * How a program is executed: operation by operation as it is written (`eager`), as a TensorFlow graph (`graph`), or as a
 * graph that XLA fuses (`xla`). The three round differently, so a task that trains declares its mode as a parameter: it
 * is part of the key, and the same key computes the same way everywhere.
 */
export type ExecutionMode = "eager" | GraphMode;

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
  const program = spec.mode === "eager" ? eagerProgram(spec) : graphProgram(loadGraph(spec, spec.mode));
  // What is kept are dtypes and shapes, not the first values: they may be large.
  return checked(program, signatureOf(spec.variables), signatureOf(spec.arrays), spec.scalars);
}

/** A program that refuses what it was not made for. */
function checked(program: Program, variables: Signature, arrays: Signature, types: ScalarTypes): Program {
  return {
    ...program,
    run: (values, scalars) => {
      checkArrays(values, arrays);
      checkScalars(scalars, types);
      return program.run(values, scalars);
    },
    write: (values) => {
      checkArrays(values, variables);
      program.write(values);
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
      const [next, values] = partition(results, (name) => Object.hasOwn(variables, name));
      replace({ ...variables, ...next });
      const found = toArrays(values);
      const own = new Set(Object.values(variables)); // a result may be a variable itself
      tf.dispose(Object.values(values).filter((tensor) => !own.has(tensor)));
      return found;
    },
    read: () => toArrays(variables),
    write: (next) => replace(toTensors(next)),
    dispose: () => tf.dispose(variables),
  };
}

/** A recorded graph in a session, and the names of what it takes and gives, in order. */
interface LoadedGraph {
  readonly session: Session;
  readonly variables: readonly string[];
  readonly feeds: readonly string[];
  readonly fetches: readonly string[];
  readonly types: ScalarTypes;
}

function graphProgram({ session, variables, feeds, fetches, types }: LoadedGraph): Program {
  return {
    run: (arrays, scalars) => {
      const inputs = { ...toTensors(arrays), ...toScalars(scalars, types) };
      try {
        const values = session.run(
          placed(feeds, inputs, graphNames.feed),
          fetches.map((_, i) => graphNames.fetch(i)),
        );
        return named(fetches, values);
      } finally {
        tf.dispose(inputs);
      }
    },
    read: () => named(variables, session.run({}, variables.map((_, i) => graphNames.read(i)))),
    write: (values) => writeVariables(session, variables, values),
    dispose: session.close,
  };
}

function writeVariables(session: Session, variables: readonly string[], values: Arrays): void {
  const inputs = toTensors(values);
  try {
    session.run(placed(variables, inputs, graphNames.write), [graphNames.written]);
  } finally {
    tf.dispose(inputs);
  }
}

/** Records the work, loads it into a session and sets the variables. */
function loadGraph(spec: ProgramSpec, mode: GraphMode): LoadedGraph {
  const { variables, arrays, scalars: types, folder } = spec;
  const names = Object.keys(variables);
  const feeds = [...Object.keys(arrays), ...Object.keys(types)];
  const { tape, handles } = recordTwice(spec);
  const [assigned, fetched] = partition(tape.outputs, (name) => Object.hasOwn(variables, name));
  const fetches = Object.keys(fetched);
  const plan = {
    tape,
    variables: pick(handles, names),
    feeds: pick(handles, feeds),
    assigned: Object.keys(assigned),
    fetches,
    mode,
  };
  const session = openSession(encodeSavedModel(plan, nativeBackend().binding), folder);
  writeVariables(session, names, variables);
  return { session, variables: names, feeds, fetches, types };
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

function named<A>(names: readonly string[], values: readonly A[]): Record<string, A> {
  return Object.fromEntries(names.map((name, i) => [name, values[i]!]));
}

/** Tensors by the placeholders that stand for them. */
function placed(names: readonly string[], tensors: Tensors, placeholder: (i: number) => string): Tensors {
  return Object.fromEntries(names.map((name, i) => [placeholder(i), tensors[name]!]));
}

/** The entries of a record whose names are chosen, and the others. */
function partition<A>(
  record: Readonly<Record<string, A>>,
  chosen: (name: string) => boolean,
): [Record<string, A>, Record<string, A>] {
  const names = Object.keys(record);
  return [pick(record, names.filter(chosen)), pick(record, names.filter((name) => !chosen(name)))];
}
