/**
 * Graphs written by hand, with functions in them: what TensorFlow's own input pipelines (`tf.data`) are made of.
 *
 * Recorded graphs (`graphdef.ts`) have no functions; an input pipeline maps one over its elements, on threads of its
 * own.
 *
 * @module
 */
import { encodeMessage, type MessageWriter } from "./protobuf.ts";

/** A value in a graph, by the name under which operations take it. */
export type Ref = string;

/** TensorFlow's codes (`enum DataType` in `types.proto`) of the dtypes that input pipelines work on. */
export const dataType = {
  float32: 1,
  int32: 3,
  uint8: 4,
  string: 7,
  int64: 9,
  bool: 10,
  resource: 20,
} as const;

/** An attribute of an operation, tagged by what it is. */
export type GraphAttribute =
  | { readonly type: keyof typeof dataType }
  | { readonly types: readonly (keyof typeof dataType)[] }
  | { readonly shapes: readonly (readonly number[])[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly function: string }
  | { readonly shape: readonly number[] }
  | { readonly constant: Constant };

/** A constant: a scalar or a vector. */
export interface Constant {
  /** What its elements are. */
  readonly dtype: "float32" | "int32" | "int64" | "bool" | "string";
  /** One element, or several. */
  readonly value: number | string | readonly number[];
}

/** Attributes by name. */
export type GraphAttributes = Readonly<Record<string, GraphAttribute>>;

/** A graph, or the body of a function, as it is written. */
export interface Body {
  /**
   * Adds an operation.
   *
   * @param operation Its name in TensorFlow: `ReadFile`.
   * @param inputs Values, and `^name` for operations that must come before.
   * @param attributes Its attributes.
   * @param output What its definition calls its output, for functions: most operations say `output`.
   * @returns Its first output.
   */
  readonly add: (
    operation: string,
    inputs: readonly Ref[],
    attributes?: GraphAttributes,
    output?: string,
  ) => Ref;
}

/** A function in a graph. */
export interface GraphFunction {
  /** Its name. */
  readonly name: string;
  /** Its arguments and their dtypes, in order. */
  readonly takes: Readonly<Record<string, keyof typeof dataType>>;
  /** The dtype of its one result. */
  readonly gives: keyof typeof dataType;
  /** Writes its body and returns its result. */
  readonly body: (body: Body, takes: Readonly<Record<string, Ref>>) => Ref;
}

/** A graph. */
export interface Graph {
  /** The functions that its operations name. */
  readonly functions: readonly GraphFunction[];
  /** Writes its operations; gives names to those that a session feeds or fetches. */
  readonly body: (
    body: Body & { readonly named: (name: string, ...add: Parameters<Body["add"]>) => Ref },
  ) => void;
}

/** The version of graphs that TensorFlow 2.17 writes; later ones read it. */
const graphVersion = 1882;

/** Encodes a graph as a `SavedModel`, whose only tag is `serve`. */
export function encodeGraph({ functions, body }: Graph): Uint8Array {
  const graph = encodeMessage((message) => {
    const node = (write: (node: MessageWriter) => void) => message.message(1, write);
    const count = counter();
    const named = (name: string, ...[operation, inputs, attributes = {}]: Parameters<Body["add"]>) => {
      node((one) => writeNode(one, name, operation, inputs, attributes));
      return name;
    };
    body({ named, add: (...add) => named(`n${count()}`, ...add) });
    message.message(2, (library) => {
      for (const one of functions) library.message(1, (definition) => writeFunction(definition, one));
    });
    message.message(4, (versions) => versions.int(1, graphVersion));
  });
  return encodeMessage((model) => {
    model.int(1, 1); // schema version
    model.message(2, (meta) => {
      meta.message(1, (info) => info.string(4, "serve"));
      meta.bytes(2, graph);
    });
  });
}

/** A `FunctionDef` of `function.proto`. Values of operations are named `operation:output:0` inside. */
function writeFunction(definition: MessageWriter, { name, takes, gives, body }: GraphFunction): void {
  definition.message(1, (signature) => {
    signature.string(1, name);
    for (const [argument, type] of Object.entries(takes)) {
      signature.message(2, (one) => {
        one.string(1, argument);
        one.int(3, dataType[type]);
      });
    }
    signature.message(3, (one) => {
      one.string(1, "result");
      one.int(3, dataType[gives]);
    });
    signature.int(17, 1); // is_stateful: it reads files
  });
  const count = counter();
  const result = body({
    add: (operation, inputs, attributes = {}, output = "output") => {
      const name = `n${count()}`;
      definition.message(3, (one) => writeNode(one, name, operation, inputs, attributes));
      return `${name}:${output}:0`;
    },
  }, Object.fromEntries(Object.keys(takes).map((argument) => [argument, argument])));
  definition.message(4, (entry) => {
    entry.string(1, "result");
    entry.string(2, result);
  });
}

/** A `NodeDef` of `node_def.proto`. */
function writeNode(
  node: MessageWriter,
  name: string,
  operation: string,
  inputs: readonly Ref[],
  attributes: GraphAttributes,
): void {
  node.string(1, name);
  node.string(2, operation);
  // Those that must come before are named without an output, and come last.
  const before = inputs.filter((input) => input.startsWith("^")).map((input) => input.split(":")[0]!);
  for (const input of [...inputs.filter((input) => !input.startsWith("^")), ...before]) node.string(3, input);
  for (const [key, attribute] of Object.entries(attributes)) {
    node.message(5, (entry) => {
      entry.string(1, key);
      entry.message(2, (value) => writeAttribute(value, attribute));
    });
  }
}

/** An `AttrValue` of `attr_value.proto`. */
function writeAttribute(value: MessageWriter, attribute: GraphAttribute): void {
  if ("type" in attribute) value.int(6, dataType[attribute.type]);
  else if ("int" in attribute) value.int(3, attribute.int);
  else if ("bool" in attribute) value.int(5, Number(attribute.bool));
  else if ("string" in attribute) value.string(2, attribute.string);
  else if ("shape" in attribute) value.message(7, (message) => writeShape(message, attribute.shape));
  else if ("function" in attribute) value.message(10, (message) => message.string(1, attribute.function));
  else if ("constant" in attribute) value.message(8, (tensor) => writeConstant(tensor, attribute.constant));
  else {
    value.message(1, (list) => {
      if ("types" in attribute) { for (const type of attribute.types) list.int(6, dataType[type]); }
      else if ("ints" in attribute) { for (const one of attribute.ints) list.int(3, one); }
      else for (const shape of attribute.shapes) list.message(7, (message) => writeShape(message, shape));
    });
  }
}

/** A `TensorShapeProto`; a length of -1 is not known beforehand. */
function writeShape(message: MessageWriter, shape: readonly number[]): void {
  for (const length of shape) message.message(2, (dimension) => dimension.int(1, length));
}

/** A `TensorProto` of `tensor.proto`. */
function writeConstant(tensor: MessageWriter, { dtype, value }: Constant): void {
  const values = Array.isArray(value) ? value : [value];
  tensor.int(1, dataType[dtype]);
  tensor.message(2, (message) => writeShape(message, Array.isArray(value) ? [value.length] : []));
  for (const one of values) {
    if (dtype === "float32") tensor.float(5, one);
    else if (dtype === "int32") tensor.int(7, one);
    else if (dtype === "string") tensor.string(8, one);
    else if (dtype === "int64") tensor.int(10, one);
    else tensor.int(11, one);
  }
}

function counter(): () => number {
  let count = 0;
  return () => count++;
}
