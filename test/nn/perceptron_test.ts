import "./tensorflow.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { countParameters } from "../../lib/nn/parameters.ts";
import { perceptron } from "../../lib/nn/perceptron.ts";
import { tf } from "../../lib/tensor/native.ts";
import { fill, sines } from "./fill.ts";

const config = { side: 2, channels: 1, width: 3, depth: 2, classes: 2 };

Deno.test("perceptron has the weights and biases of its layers", () => {
  assertEquals(countParameters(perceptron.specs(config)), (4 + 1) * 3 + (3 + 1) * 3 + (3 + 1) * 2);
  assertEquals(Object.keys(perceptron.specs(config)).sort(), [
    "head.bias",
    "head.weight",
    "hidden.0.bias",
    "hidden.0.weight",
    "hidden.1.bias",
    "hidden.1.weight",
  ]);
});

Deno.test("perceptron is rectified linear maps one after another", () => {
  const parameters = fill(perceptron.specs(config));
  const images = sines(2, 2, 2, 1);
  const values = (name: string) => Array.from(parameters[name]!.dataSync());
  const layer = (x: readonly number[], name: string) => {
    const [weight, bias] = [values(`${name}.weight`), values(`${name}.bias`)];
    return bias.map((b, out) => x.reduce((sum, value, i) => sum + value * weight[i * bias.length + out]!, b));
  };
  const relu = (x: readonly number[]) => x.map((value) => Math.max(0, value));
  const expected = [0, 1].flatMap((image) => {
    const pixels = Array.from(images.dataSync()).slice(4 * image, 4 * image + 4);
    return layer(relu(layer(relu(layer(pixels, "hidden.0")), "hidden.1")), "head");
  });
  const logits = perceptron.forward(parameters, images, config);
  assertEquals(logits.shape, [2, 2]);
  logits.dataSync().forEach((logit, place) => assertAlmostEquals(logit, expected[place]!, 1e-6));
  tf.dispose([logits, images, ...Object.values(parameters)]);
});
