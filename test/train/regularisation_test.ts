import { assert, assertAlmostEquals, assertThrows } from "@std/assert";
import "../nn/tensorflow.ts";
import { stochasticDepth } from "../../lib/nn/stochastic_depth.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { compile } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import { withDropPath } from "../../lib/train/drop_path.ts";
import { adamW } from "../../lib/train/optimiser.ts";
import { initialState, type Loss, parametersOf, trainingStep } from "../../lib/train/step.ts";
import { scratchFolder } from "./training.ts";

Deno.test("stochasticDepth() leaves whole examples out as often as it should, and keeps the mean", () => {
  tf.tidy(() => {
    const leaveOut = stochasticDepth(0.2, { seed: tf.scalar(1, "int32"), step: tf.scalar(0, "int32") });
    const [first, second] = [0, 1].map(() => leaveOut(tf.ones([4000, 2, 3])).dataSync());
    const kept = Array.from({ length: 4000 }, (_, example) => first!.subarray(6 * example, 6 * example + 6));
    assert(kept.every((values) => values.every((value) => value === values[0])));
    const share = kept.filter((values) => values[0]! > 0).length / kept.length;
    assertAlmostEquals(share, 0.8, 4 * Math.sqrt(0.16 / 4000));
    assertAlmostEquals(Math.max(...first!), 1 / 0.8, 1e-6);
    assert(String(first) !== String(second), "each branch has draws of its own");
  });
});

Deno.test("withDropPath() refuses a network that offers no branches", () => {
  const given = { pass: {}, scalars: { step: tf.scalar(0, "int32") } };
  assertThrows(
    () => withDropPath({ dropPath: 0.1, seed: 0 }, given, () => tf.scalar(0)),
    Error,
    "has no residual branches to leave out",
  );
});

Deno.test("a training step keeps averages of parameters and statistics", () => {
  const optimiser = adamW();
  const batch = { x: tensor("float32", [2], [1, -1]) };
  const loss: Loss = ({ w, seen }, { x }) => ({
    loss: tf.sum(tf.square(tf.sub(w!, x!))),
    statistics: { seen: tf.add(seen!, 1) },
  });
  const start = { w: tensor("float32", [2], [3, 3]) };
  const seen = { seen: tensor("float32", [], [0]) };
  const step = compile(trainingStep({ loss, optimiser, average: 0.9 }), {
    state: initialState(start, optimiser, { statistics: seen, averaged: true }),
    ...{ batch, scalars: { learningRate: "float32", step: "int32" }, folder: scratchFolder() },
  });
  let [average, count] = [3, 0];
  for (let i = 0; i < 3; i++) {
    step.run(batch, { learningRate: 0.1, step: i });
    average = 0.9 * average + 0.1 * Number(step.read()["parameters.w"]!.data[0]);
    count = 0.9 * count + 0.1 * (i + 1);
  }
  const kept = parametersOf(step.read());
  assertAlmostEquals(Number(kept.w!.data[0]), average, 1e-5);
  assertAlmostEquals(Number(kept.seen!.data[0]), count, 1e-5);
  step.dispose();
});
