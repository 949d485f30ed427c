import { assert, assertEquals, assertLess } from "@std/assert";
import * as Effect from "effect/Effect";
import "../nn/tensorflow.ts";
import { idOf, nativeBackend } from "../../lib/tensor/binding.ts";
import { encodeSavedModel } from "../../lib/tensor/graphdef.ts";
import { installTensorFlow } from "../../lib/tensor/native/install.ts";
import { tf } from "../../lib/tensor/native.ts";
import { typeAttributes } from "../../lib/tensor/op_types.ts";
import { encodeMessage } from "../../lib/tensor/protobuf.ts";
import { record } from "../../lib/tensor/recorder.ts";
import { openSession } from "../../lib/tensor/session.ts";
import { freeing, type Tensors, under } from "../../lib/tensor/tensors.ts";

Deno.test("encodeMessage() writes what protobuf's documentation says", () => {
  // https://protobuf.dev/programming-guides/encoding: 150, "testing", a message with 150, −2 as an int32.
  const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  assertEquals(hex(encodeMessage((m) => m.int(1, 150))), "089601");
  assertEquals(hex(encodeMessage((m) => m.string(2, "testing"))), "120774657374696e67");
  assertEquals(hex(encodeMessage((m) => m.message(3, (inner) => inner.int(1, 150)))), "1a03089601");
  assertEquals(hex(encodeMessage((m) => m.int(1, -2))), "08feffffffffffffffff01");
  assertEquals(hex(encodeMessage((m) => m.float(2, 1.5))), "150000c03f");
  assertEquals(encodeMessage(() => {}), new Uint8Array(0));
});

/** The fields of a message: numbers as numbers, everything else as bytes. */
function* fieldsOf(bytes: Uint8Array): Generator<readonly [number, number | Uint8Array]> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1;; shift *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const wireType = tag & 7;
    if (wireType === 0) {
      yield [tag >> 3, varint()];
      continue;
    }
    const length = wireType === 2 ? varint() : wireType === 5 ? 4 : 8;
    yield [tag >> 3, bytes.subarray(at, at + length)];
    at += length;
  }
}

const textOf = (bytes: number | Uint8Array | undefined) => new TextDecoder().decode(bytes as Uint8Array);

function parts(message: number | Uint8Array, field: number): Uint8Array[] {
  return [...fieldsOf(message as Uint8Array)].filter(([f]) => f === field).map(([, value]) =>
    value as Uint8Array
  );
}

/** TensorFlow's own definitions: each operation's inputs by their type attribute, and its type attributes. */
function operationDefinitions(
  library: string,
): Map<string, { inputs: string[]; types: string[]; lists: boolean }> {
  const { symbols } = Deno.dlopen(library, { TF_GetAllOpList: { parameters: [], result: "pointer" } });
  const buffer = new Deno.UnsafePointerView(symbols.TF_GetAllOpList()!);
  const length = Number(buffer.getBigUint64(8));
  const list = new Uint8Array(new Deno.UnsafePointerView(buffer.getPointer(0)!).getArrayBuffer(length));
  // OpDef: name 1, input_arg 2 {type_attr 4, number_attr 5, type_list_attr 6}, attr 4 {name 1, type 2}.
  return new Map(
    parts(list, 1).map((definition) => {
      const inputs = parts(definition, 2);
      const attributes = parts(definition, 4).filter((attribute) =>
        textOf(parts(attribute, 2)[0]) === "type"
      );
      return [textOf(parts(definition, 1)[0]), {
        inputs: inputs.map((input) => textOf(parts(input, 4)[0])),
        types: attributes.map((attribute) => textOf(parts(attribute, 1)[0])),
        lists: inputs.some((input) => parts(input, 5).length + parts(input, 6).length > 0),
      }];
    }),
  );
}

Deno.test("typeAttributes() is what TensorFlow's own operation definitions say", async () => {
  const native = await Effect.runPromise(installTensorFlow(() => {}));
  const definitions = operationDefinitions(`${native.folder}/libtensorflow_cc.so.2`);
  const kernels = tf.getKernelsForBackend("tensorflow").map(({ kernelName }) => kernelName);
  const ours = [
    "Cholesky",
    "GatherV2",
    "MatrixTriangularSolve",
    "SelfAdjointEigV2",
    "SoftmaxCrossEntropyWithLogits",
    "StatelessRandomNormal",
    "StatelessRandomUniform",
    "StatelessRandomUniformFullInt",
    "UnsortedSegmentSum",
  ];
  // Named otherwise in TensorFlow than in TensorFlow.js.
  const others = [
    "AddV2",
    "BatchMatMulV2",
    "Select",
    "Softmax",
    "ResizeBilinearGrad",
    "AvgPoolGrad",
    "Conv2DBackpropInput",
  ];
  const checked = [...kernels, ...ours, ...others].filter((name) => {
    const definition = definitions.get(name);
    // Images, strings and summaries are no part of a step; lists of inputs come with their types.
    return definition !== undefined && !definition.lists &&
      !/Decode|Encode|NonMax|Summary|Complex|FFT|Imag|Real/.test(name);
  });
  for (const name of checked) {
    const { inputs, types } = definitions.get(name)!;
    const decided = types.filter((type) => inputs.includes(type)).map((type) => [type, inputs.indexOf(type)]);
    assertEquals(typeAttributes(name), Object.fromEntries(decided), name);
  }
  assert(checked.length > 90, `${checked.length} operations`);
});

/** Records a function of one vector of three, and replays it once. */
function replayed(f: (x: Tensors[string]) => Tensors[string], values: readonly number[]) {
  const folder = Deno.makeTempDirSync();
  const { bytes, session } = freeing(() => {
    const x = tf.tensor1d([0, 0, 0]);
    const tape = record(({ x }) => ({ y: f(x!) }), { x });
    const feeds = { x: { id: idOf(x), shape: [3], dtype: 1 } };
    const plan = { tape, variables: {}, feeds, assigned: [], fetches: ["y"], mode: "graph" } as const;
    const bytes = encodeSavedModel(plan, nativeBackend().binding);
    return { bytes, session: openSession(bytes, folder) };
  });
  const x = tf.tensor1d([...values]);
  const [result] = session.run({ feed0: x }, ["fetch0"]);
  x.dispose();
  session.close();
  Deno.removeSync(folder, { recursive: true });
  return { result: result!, bytes: bytes.length };
}

Deno.test("constants come through, and those of equal elements take no room", () => {
  const { result, bytes } = replayed((x) => tf.add(x, tf.sum(tf.fill([300, 400], 0.25))), [1, 2, 3]);
  assertEquals([...result.data as Float32Array], [30001, 30002, 30003]);
  assertLess(bytes, 2000);
  const mixed = replayed((x) => tf.mul(tf.add(x, [1, -2, 3]), [-1, -1, -1]), [1, 2, 3]);
  assertEquals([...mixed.result.data as Float32Array], [-2, -0, -6]);
  const whole = replayed((x) => tf.cast(tf.mul(tf.cast(x, "int32"), tf.fill([3], -7, "int32")), "float32"), [
    1,
    2,
    3,
  ]);
  assertEquals([...whole.result.data as Float32Array], [-7, -14, -21]);
});

Deno.test("lists and other attributes come through: pooling, one-hot, slices, ranges, reductions", () => {
  const f = (x: Tensors[string]) => {
    const image = tf.reshape(tf.concat([x, tf.range(0, 13)], 0), [1, 4, 4, 1]) as never;
    const pooled = tf.maxPool(image, 2, 2, "valid");
    const convolved = tf.conv2d(image, tf.ones([3, 3, 1, 1]), 1, "same");
    const sliced = tf.stridedSlice(tf.reshape(pooled, [4]), [1], [4], [2]);
    const hot = tf.oneHot(tf.cast(tf.argMax(x, 0), "int32") as never, 3, 2, 0, "float32");
    return tf.concat([
      sliced,
      tf.mean(convolved, [1, 2, 3]),
      hot,
      tf.cast(tf.any(tf.greater(x, 2)), "float32").reshape([1]),
    ]);
  };
  const eager = tf.tidy(() => [...f(tf.tensor1d([1, 2, 3])).dataSync()]);
  assertEquals([...replayed(f, [1, 2, 3]).result.data as Float32Array], eager);
});

Deno.test("under() finds the names of a tree", () => {
  assertEquals(under({ "a.b": 1, "a.c.d": 2, "ab.c": 3 }, "a."), { b: 1, "c.d": 2 });
});
