/** Compiled functions, and sessions. */
import { assert, assertEquals, assertThrows } from "@std/assert";
import "../nn/tensorflow.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { compileFunction } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import { GraphError, openSession } from "../../lib/tensor/session.ts";
import { withFolder } from "./folder.ts";

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
