/**
 * Recording: what TensorFlow is asked to do while a function runs.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { type Binding, dtypeName, type Handle, idOf, nativeBackend, type OpAttribute } from "./binding.ts";
import { mapValues, type Tensors } from "./tensors.ts";

/** A function cannot be replayed as a graph: what in it stands in the way, and what to do instead. */
export class RecordingError extends Schema.TaggedError<RecordingError>()("RecordingError", {
  message: Schema.String,
}) {}

/** A tensor that JavaScript made while the function ran. */
export interface RecordedConstant {
  /** Marks it as a constant. */
  readonly kind: "constant";
  /** The tensor. */
  readonly output: Handle;
  /** Its elements, as TensorFlow lays them out. */
  readonly bytes: Uint8Array;
}

/** An operation that ran. */
export interface RecordedOperation {
  /** Marks it as an operation. */
  readonly kind: "operation";
  /** The operation's name in TensorFlow. */
  readonly name: string;
  /** The attributes that were given. */
  readonly attributes: readonly OpAttribute[];
  /** The numbers of its inputs. */
  readonly inputs: readonly number[];
  /** Its results. */
  readonly outputs: readonly Handle[];
}

/** One thing that happened. */
export type Recorded = RecordedConstant | RecordedOperation;

/** A recording: inputs, what happened in order, and outputs, by the addon's tensor numbers. */
export interface Tape {
  /** The numbers of the function's inputs, by name. */
  readonly inputs: Readonly<Record<string, number>>;
  /** What happened, in order. */
  readonly entries: readonly Recorded[];
  /** The function's results, by name. */
  readonly outputs: Readonly<Record<string, number>>;
}

/**
 * Runs a function and notes every operation and constant on the way.
 *
 * @param f Computes named tensors from named tensors, by TensorFlow.js operations alone.
 * @param inputs What it is given.
 * @returns The recording; the function's results are freed.
 * @throws {RecordingError} When the function looks at a tensor's value, or uses one made outside of it.
 */
export function record(f: (inputs: Tensors) => Tensors, inputs: Tensors): Tape {
  const inputIds = mapValues(inputs, idOf); // before recording starts, so that no input turns into a constant
  const entries: Recorded[] = [];
  const backend = nativeBackend();
  const binding = backend.binding;
  backend.binding = recording(binding, entries);
  try {
    const results = f(inputs);
    const outputs = mapValues(results, idOf);
    for (const result of Object.values(results)) if (result.kept) result.dispose();
    const tape = { inputs: inputIds, entries, outputs };
    refuseOutsiders(tape);
    return tape;
  } finally {
    backend.binding = binding;
  }
}

/** The addon, with every call noted. */
function recording(binding: Binding, entries: Recorded[]): Binding {
  const noting: Partial<Binding> = {
    createTensor: (shape, dtype, data) => {
      const id = binding.createTensor(shape, dtype, data);
      if (!ArrayBuffer.isView(data)) {
        throw new RecordingError({
          message: "The step makes a tensor of strings; compiled steps only know numbers.",
        });
      }
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice();
      entries.push({ kind: "constant", output: { id, shape: [...shape], dtype }, bytes });
      return id;
    },
    executeOp: (name, attributes, inputs, outputCount) => {
      const outputs = binding.executeOp(name, attributes, inputs, outputCount);
      entries.push({ kind: "operation", name, attributes: [...attributes], inputs: [...inputs], outputs });
      return outputs;
    },
    tensorDataSync: () => {
      const last = entries.findLast((entry) => entry.kind === "operation");
      const place = last === undefined
        ? "at its beginning"
        : `after ${last.name}, its operation ${operationCount(entries)}`;
      throw new RecordingError({
        message:
          `The step looks at a tensor's value ${place} (dataSync, arraySync, print, the bounds check of ` +
          "tf.gather); a compiled step would keep the value of the first run for ever. Compute with the tensor " +
          "instead (for tf.gather: gather of lib/tensor/gather.ts).",
      });
    },
  };
  return Object.create(binding, Object.getOwnPropertyDescriptors(noting));
}

function operationCount(entries: readonly Recorded[]): number {
  return entries.filter((entry) => entry.kind === "operation").length;
}

/** A tensor from outside would be frozen at today's value: it must come in as an input. */
function refuseOutsiders(tape: Tape): void {
  const known = new Set(Object.values(tape.inputs));
  const refuse = (use: string) => {
    throw new RecordingError({
      message: `${use} is a tensor that was made before the step began and is not among its inputs; ` +
        "pass it in with the state or the batch, or make it inside the step.",
    });
  };
  for (const entry of tape.entries) {
    if (entry.kind === "constant") known.add(entry.output.id);
    else {
      const place = entry.inputs.findIndex((id) => !known.has(id));
      if (place >= 0) refuse(`Input ${place} of ${entry.name}`);
      entry.outputs.forEach((output) => known.add(output.id));
    }
  }
  for (const [name, id] of Object.entries(tape.outputs)) if (!known.has(id)) refuse(`The result ${name}`);
}

/**
 * Compares two recordings of one function, made with different inputs, and refuses what differs: a value that JavaScript
 * computed (a random mask, a counter, a learning rate) and that a replay would repeat for ever.
 *
 * @throws {RecordingError} Naming the operation into which the value goes.
 */
export function refuseBakedValues(first: Tape, second: Tape): void {
  const places1 = placesOf(first);
  const places2 = placesOf(second);
  for (const [index, a] of first.entries.entries()) {
    const b = second.entries[index];
    if (a.kind === "constant" && b?.kind === "constant" && sameShape(a, b)) {
      if (!sameBytes(a.bytes, b.bytes)) throw new RecordingError({ message: bakedValue(first, a) });
    } else if (
      a.kind !== b?.kind || describe(a, places1) !== describe(b, places2)
    ) {
      throw new RecordingError({
        message: `The step does not do the same twice: its entry ${index} is ${nameOf(a)} at first and ` +
          `${b === undefined ? "missing" : nameOf(b)} the second time. Let it depend on tensors alone.`,
      });
    }
  }
  if (second.entries.length > first.entries.length) {
    throw new RecordingError({
      message:
        `The step does not do the same twice: ${nameOf(second.entries[first.entries.length]!)} comes only ` +
        "the second time. Let it depend on tensors alone.",
    });
  }
}

function bakedValue({ entries }: Tape, constant: RecordedConstant): string {
  const { id, shape, dtype } = constant.output;
  const user = entries.findIndex((entry) => entry.kind === "operation" && entry.inputs.includes(id));
  const place = `operation ${operationCount(entries.slice(0, user + 1))} of ${operationCount(entries)}`;
  const into = user < 0 ? "is a result" : `goes into ${nameOf(entries[user]!)} (${place})`;
  return `The step bakes in a value that JavaScript computed: a ${
    dtypeName(dtype)
  } [${shape}] that ${into} ` +
    "differs between two recordings. Pass it in with the scalars or the batch, or draw it with uniform and normal " +
    "of lib/tensor/random.ts.";
}

/** Where each tensor comes from, in words that do not depend on the addon's numbering. */
function placesOf(tape: Tape): ReadonlyMap<number, string> {
  const places = new Map(Object.entries(tape.inputs).map(([name, id]) => [id, name]));
  tape.entries.forEach((entry, index) => {
    const outputs = entry.kind === "constant" ? [entry.output] : entry.outputs;
    outputs.forEach((output, place) => places.set(output.id, `${index}:${place}`));
  });
  return places;
}

function describe(entry: Recorded, places: ReadonlyMap<number, string>): string {
  if (entry.kind === "constant") return JSON.stringify([entry.output.dtype, entry.output.shape]);
  return JSON.stringify([entry.name, entry.attributes, entry.inputs.map((id) => places.get(id))]);
}

function nameOf(entry: Recorded): string {
  return entry.kind === "operation"
    ? entry.name
    : `a constant ${dtypeName(entry.output.dtype)} [${entry.output.shape}]`;
}

function sameShape(a: RecordedConstant, b: RecordedConstant): boolean {
  return a.output.dtype === b.output.dtype && a.output.shape.join() === b.output.shape.join();
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
