import { assertAlmostEquals, assertEquals } from "@std/assert";
import { measureNormalisation, normaliseImages } from "../../lib/nn/normalisation.ts";
import { tf } from "../../lib/tensor/native.ts";
import "./tensorflow.ts";

Deno.test("measureNormalisation() measures each channel in units of the full range", () => {
  // Channels: 0 and 255 alternate; 51 throughout.
  const images = { dtype: "uint8" as const, shape: [2, 1, 1, 2], data: Uint8Array.of(0, 51, 255, 51) };
  const { mean, deviation } = measureNormalisation(images);
  assertEquals([mean, deviation], [[0.5, 0.2], [0.5, 0]]);
});

Deno.test("normaliseImages() only shifts a channel that never varies", () => {
  const images = tf.tensor4d([0, 0.2, 1, 0.2], [2, 1, 1, 2]);
  const normalised = normaliseImages(images, { mean: [0.5, 0.2], deviation: [0.5, 0] });
  const expected = [-1, 0, 1, 0];
  normalised.dataSync().forEach((value, index) => assertAlmostEquals(value, expected[index]!, 1e-7));
});
