/**
 * From a recording to a TensorFlow graph: a `GraphDef` inside a `SavedModel`, as bytes.
 *
 * @module
 */
import { type Binding, dtypeCode, type Handle, type OpAttribute } from "./binding.ts";
import { typeAttributes } from "./op_types.ts";
import { encodeMessage, type MessageWriter } from "./protobuf.ts";
import type { Recorded, RecordedConstant, RecordedOperation, Tape } from "./recorder.ts";

/** How a graph is executed: by TensorFlow's kernels one by one, or fused by XLA. */
export type GraphMode = "graph" | "xla";

/** What becomes of a recording's inputs and outputs in the graph. */
export interface GraphPlan {
  /** The recording. */
  readonly tape: Tape;
  /** Inputs that live in the session as variables, by name, with their shapes and dtypes. */
  readonly variables: Readonly<Record<string, Handle>>;
  /** Inputs that every run brings along. */
  readonly feeds: Readonly<Record<string, Handle>>;
  /** Variables whose next value is the output of the same name. */
  readonly assigned: readonly string[];
  /** Outputs that every run brings back, in order. */
  readonly fetches: readonly string[];
  /** How the graph is executed. */
  readonly mode: GraphMode;
}

/** The names by which a session is driven; all end in `:0`. */
export const graphNames = {
  /** The placeholder of the i-th feed. */
  feed: (i: number) => `feed${i}`,
  /** The i-th fetch. Fetching it also makes the assignments. */
  fetch: (i: number) => `fetch${i}`,
  /** The value of the i-th variable. */
  read: (i: number) => `read${i}`,
  /** The placeholder from which `written` sets the i-th variable. */
  write: (i: number) => `write${i}`,
  /** Fetched to set all variables from their placeholders. */
  written: "written",
} as const;

/** Fields of the messages in TensorFlow's `graph.proto`, `node_def.proto`, `attr_value.proto`, `tensor.proto`. */
const graphDef = { node: 1, versions: 4 };
const nodeDef = { name: 1, op: 2, input: 3, attr: 5 };
const attrValue = { list: 1, s: 2, i: 3, f: 4, b: 5, type: 6, shape: 7, tensor: 8 };
const tensorProto = { dtype: 1, shape: 2, content: 4, floats: 5, ints: 7, bools: 11 };

/** The version of graphs that TensorFlow 2.17 writes; later ones read it. */
const graphVersion = 1882;

type Attributes = Readonly<Record<string, (value: MessageWriter) => void>>;
type Node = (name: string, op: string, inputs: readonly string[], attributes: Attributes) => void;

const typeOf = (dtype: number) => (value: MessageWriter) => value.int(attrValue.type, dtype);
const shapeOf = (shape: readonly number[]) => (value: MessageWriter) =>
  value.message(attrValue.shape, (message) => writeShape(message, shape));
const stringOf = (text: string) => (value: MessageWriter) => value.string(attrValue.s, text);

/** Encodes the graph of a plan as a `SavedModel`, whose only tag is `serve`. */
export function encodeSavedModel(plan: GraphPlan, codes: Binding): Uint8Array {
  const graph = encodeMessage((message) => {
    writeGraph(plan, codes, (name, op, inputs, attributes) => {
      message.message(graphDef.node, (node) => {
        node.string(nodeDef.name, name);
        node.string(nodeDef.op, op);
        for (const input of inputs) node.string(nodeDef.input, input);
        for (const [key, write] of Object.entries(attributes)) {
          node.message(nodeDef.attr, (entry) => {
            entry.string(1, key);
            entry.message(2, write);
          });
        }
      });
    });
    message.message(graphDef.versions, (versions) => versions.int(1, graphVersion));
  });
  return encodeMessage((model) => {
    model.int(1, 1); // schema version
    model.message(2, (meta) => {
      meta.message(1, (info) => info.string(4, "serve"));
      meta.bytes(2, graph);
    });
  });
}

function writeGraph(plan: GraphPlan, codes: Binding, node: Node): void {
  const { tape, variables, feeds, assigned, fetches } = plan;
  const nameOf = new Map<number, string>();
  const dtypeOf = new Map<number, number>();
  const define = (handle: Handle, name: string) => {
    nameOf.set(handle.id, name);
    dtypeOf.set(handle.id, handle.dtype);
  };

  const variableNames = Object.keys(variables);
  variableNames.forEach((variable, i) => {
    const handle = variables[variable]!;
    const dtype = typeOf(handle.dtype);
    const shape = shapeOf(handle.shape);
    node(`variable${i}`, "VarHandleOp", [], { dtype, shape, shared_name: stringOf(`variable${i}`) });
    node(graphNames.read(i), "ReadVariableOp", [`variable${i}`], { dtype });
    node(graphNames.write(i), "Placeholder", [], { dtype, shape });
    node(`assign${i}`, "AssignVariableOp", [`variable${i}`, graphNames.write(i)], { dtype });
    define(handle, graphNames.read(i));
  });
  const allAssigned = variableNames.map((_, i) => `^assign${i}`);
  const done = {
    output: { id: -1, shape: [], dtype: 1 },
    bytes: new Uint8Array(4),
    kind: "constant",
  } as const;
  node(graphNames.written, "Const", allAssigned, constantAttributes(done));

  Object.values(feeds).forEach((handle, i) => {
    node(graphNames.feed(i), "Placeholder", [], {
      dtype: typeOf(handle.dtype),
      shape: shapeOf(handle.shape),
    });
    define(handle, graphNames.feed(i));
  });

  const fuse: Attributes = plan.mode === "xla"
    ? { _XlaCompile: (value) => value.int(attrValue.b, 1), _XlaScope: stringOf("step") }
    : {};
  tape.entries.forEach((entry, i) => {
    const inputs = entry.kind === "constant" ? [] : entry.inputs.map((id) => nameOf.get(id)!);
    const attributes = entry.kind === "constant"
      ? constantAttributes(entry)
      : operationAttributes(entry, dtypeOf, codes);
    const name = `n${i}`;
    node(name, entry.kind === "constant" ? "Const" : entry.name, inputs, { ...attributes, ...fuse });
    handlesOf(entry).forEach((handle, place) => define(handle, place === 0 ? name : `${name}:${place}`));
  });

  const updates = assigned
    .filter((variable) => tape.outputs[variable] !== tape.inputs[variable]) // else it stays as it is
    .map((variable) => {
      const i = variableNames.indexOf(variable);
      // Whoever reads a variable reads its old value, so the assignment waits for the read.
      const inputs = [`variable${i}`, nameOf.get(tape.outputs[variable]!)!, `^${graphNames.read(i)}`];
      node(`update${i}`, "AssignVariableOp", inputs, { dtype: typeOf(variables[variable]!.dtype) });
      return `^update${i}`;
    });
  fetches.forEach((output, i) => {
    const id = tape.outputs[output]!;
    node(graphNames.fetch(i), "Identity", [nameOf.get(id)!, ...updates], { T: typeOf(dtypeOf.get(id)!) });
  });
}

function handlesOf(entry: Recorded): readonly Handle[] {
  return entry.kind === "constant" ? [entry.output] : entry.outputs;
}

function operationAttributes(
  operation: RecordedOperation,
  dtypeOf: ReadonlyMap<number, number>,
  codes: Binding,
): Attributes {
  const given = operation.attributes.filter(({ value }) => value !== null && value !== undefined);
  const inferred = Object.entries(typeAttributes(operation.name))
    .map(([attribute, place]) => [attribute, typeOf(dtypeOf.get(operation.inputs[place]!)!)] as const);
  return {
    ...Object.fromEntries(inferred),
    ...Object.fromEntries(given.map((attribute) => [attribute.name, givenAttribute(attribute, codes)])),
  };
}

function givenAttribute({ type, value }: OpAttribute, codes: Binding): (message: MessageWriter) => void {
  if (type === codes.TF_ATTR_SHAPE) return shapeOf(value as readonly number[]);
  const one = (message: MessageWriter, element: unknown) => {
    if (type === codes.TF_ATTR_TYPE) message.int(attrValue.type, element as number);
    else if (type === codes.TF_ATTR_STRING) message.string(attrValue.s, element as string);
    else if (type === codes.TF_ATTR_BOOL) message.int(attrValue.b, Number(element));
    else if (type === codes.TF_ATTR_FLOAT) message.float(attrValue.f, element as number);
    else message.int(attrValue.i, element as number);
  };
  if (!Array.isArray(value)) return (message) => one(message, value);
  return (message) =>
    message.message(attrValue.list, (list) => value.forEach((element) => one(list, element)));
}

/** A constant; where all elements are equal it holds a single one, which TensorFlow spreads over the shape. */
function constantAttributes({ output: { dtype, shape }, bytes }: RecordedConstant): Attributes {
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    dtype: typeOf(dtype),
    value: (value) =>
      value.message(attrValue.tensor, (tensor) => {
        tensor.int(tensorProto.dtype, dtype);
        tensor.message(tensorProto.shape, (message) => writeShape(message, shape));
        if (size > 1 && isUniform(bytes, bytes.length / size)) writeElement(tensor, dtype, bytes);
        else tensor.bytes(tensorProto.content, bytes);
      }),
  };
}

function isUniform(bytes: Uint8Array, width: number): boolean {
  return bytes.every((byte, i) => byte === bytes[i % width]);
}

function writeElement(tensor: MessageWriter, dtype: number, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (dtype === dtypeCode.float32) tensor.float(tensorProto.floats, view.getFloat32(0, true));
  else if (dtype === dtypeCode.int32) tensor.int(tensorProto.ints, view.getInt32(0, true));
  else tensor.int(tensorProto.bools, view.getUint8(0));
}

function writeShape(message: MessageWriter, shape: readonly number[]): void {
  for (const length of shape) message.message(2, (dimension) => dimension.int(1, length));
}
