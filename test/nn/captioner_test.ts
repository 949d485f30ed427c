import { assertAlmostEquals, assertEquals } from "@std/assert";
import { captioner, captionerSpecs, captionLosses, decode, memoryOf } from "../../lib/nn/captioner.ts";
import { captionerSizes } from "../../lib/nn/captioner_sizes.ts";
import { plainLayers } from "../../lib/nn/layers.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { tf } from "../../lib/tensor/native.ts";
import { under } from "../../lib/tensor/tensors.ts";
import { assertTensor } from "../tensor/close.ts";
import { fill, sines } from "./fill.ts";
import "./tensorflow.ts";

Deno.test("the official sizes have the parameters of the same networks in PyTorch", () => {
  // Counted in a PyTorch version of the architecture; rounded, they are the program's 20.8, 59, 116, 190 and 407 million.
  const counts = {
    nano: [20_813_754, 5_479_488],
    tiny: [59_365_434, 21_575_808],
    small: [115_685_562, 48_288_960],
    base: [189_774_138, 85_618_944],
    large: [407_376_954, 303_025_152],
  };
  for (const [size, [all, encoder]] of Object.entries(counts)) {
    const specs = captionerSpecs(captionerSizes[size as keyof typeof counts]);
    assertEquals(countParameters(specs), all);
    assertEquals(countParameters(under(specs, "encoder.")), encoder);
  }
});

const config = {
  encoder: { side: 8, channels: 3, patch: 4, width: 8, depth: 2, heads: 2 },
  decoder: { width: 12, depth: 1, heads: 3 },
  vocabulary: 7,
  length: 3,
};

Deno.test("the captioner computes what the same network computes in PyTorch", () => {
  const parameters = fill(captionerSpecs(config));
  const layers = plainLayers(parameters);
  const images = sines(2, 8, 8, 3);
  const tokens = tf.tensor2d([[1, 3, 4, 2], [1, 6, 2, 0]], [2, 4], "int32");
  // PyTorch 2, double precision; the class token is the one that this network always has.
  assertTensor(captioner.forward(parameters, images, config), MEMORY, 1e-5);
  const memory = memoryOf(layers, images, config);
  const last = tf.slice(decode(layers, memory, tokens, config), [0, 2, 0], [-1, 1, -1]);
  assertTensor(last, LOGITS, 1e-5);
  const losses = captionLosses(layers, images, tokens, config).dataSync();
  assertAlmostEquals(losses[0]!, 2.277023105296476, 1e-5);
  assertAlmostEquals(losses[1]!, 1.484897131350174, 1e-5); // two of its three targets count
});

Deno.test("no token sees those after it", () => {
  const layers = plainLayers(fill(captionerSpecs(config)));
  const memory = memoryOf(layers, sines(1, 8, 8, 3), config);
  const first = (tokens: number[]) =>
    tf.slice(decode(layers, memory, tf.tensor2d([tokens], [1, 3], "int32"), config), [0, 0, 0], [-1, 2, -1]);
  assertTensor(first([1, 3, 4]), [...first([1, 3, 5]).dataSync()], 0);
});

const MEMORY = [
  [
    0.2526745146653161,
    0.17137653984437,
    0.24991024582363278,
    0.7324269999416531,
    0.6762016016234288,
    0.5503814086998853,
    0.19021798492603637,
    0.11000881338458388,
    0.24605252733869737,
    0.7896260580158374,
    0.741868886050299,
    0.564142721017575,
  ],
  [
    0.13718985174848125,
    0.0818870975927635,
    0.2686922047416743,
    0.8422123136175363,
    0.7760541589644608,
    0.5484972289803823,
    0.08832937429076947,
    0.001791690568215154,
    0.23100121598976484,
    0.881578664375871,
    0.8562846078930546,
    0.5958282713359584,
  ],
];
const LOGITS = [
  [
    0.9169906502084662,
    0.3657733551076383,
    -0.5217342758289005,
    -0.929561819669236,
    -0.48275451339964404,
    0.40789506615307747,
    0.9235278029891343,
  ],
  [
    1.593936560896599,
    0.5365805882001732,
    -1.0141051027193266,
    -1.6324272389839705,
    -0.749903300050674,
    0.8220782745929576,
    1.6382448747840272,
  ],
];
