import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { crateMae, type CrateMaeConfig } from "../../lib/nn/crate_mae.ts";
import type { MaeConfig, MaskedAutoencoder } from "../../lib/nn/mae.ts";
import { type CrateMaeSize, crateMaeSizes, officialCounts, vitMaeBase } from "../../lib/nn/mae_sizes.ts";
import { maskedError } from "../../lib/nn/masked_error.ts";
import { crateMaeStateDict, vitMaeStateDict } from "../../lib/nn/official_mae.ts";
import { activations } from "../../lib/nn/network.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import { patchify } from "../../lib/nn/patch.ts";
import { sinCosFeatures } from "../../lib/nn/sincos_position.ts";
import { type Correspondence, exportStateDict, importStateDict } from "../../lib/nn/state_dict.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { tf } from "../../lib/tensor/native.ts";
import { decodeSafetensors } from "../../lib/tensor/safetensors.ts";
import { toTensor, toTensors, under } from "../../lib/tensor/tensors.ts";
import "./tensorflow.ts";

const small: MaeConfig = {
  ...{ side: 8, channels: 3, patch: 2, width: 16, depth: 2, heads: 2 },
  ...{ decoderDepth: 2, decoderHeads: 2, targets: "pixels" },
};
const crateConfig: CrateMaeConfig = { ...small, step: 0.1, sparsity: 0.5 };
const vitConfig: MaeConfig = { ...small, depth: 1, decoderDepth: 1, decoderHeads: 4 };

/** What the authors' program made of random weights: see `test/fixtures/parity/README.md`. */
function held(name: string) {
  const url = new URL(`../fixtures/parity/${name}.safetensors`, import.meta.url);
  const { input, mask, prediction, loss, ...others } = decodeSafetensors(Deno.readFileSync(url)).tensors;
  return {
    weights: under(others, "model."),
    input: input!,
    mask: mask!,
    prediction: prediction!,
    loss: loss!,
  };
}

function testParity<Config extends MaeConfig>(
  file: string,
  network: MaskedAutoencoder<Config>,
  correspondence: Correspondence<Config>,
  config: Config,
): void {
  Deno.test(`${network.name} computes what the authors' program does with its weights`, () => {
    const { weights, input, mask, prediction, loss } = held(file);
    const parameters = toTensors(importStateDict(correspondence, config, weights));
    const [images, hidden] = [toTensor(input), toTensor(mask)];
    const predicted = network.forward(parameters, images, config, { mask: hidden });
    assertEquals(predicted.shape, prediction.shape as number[]);
    const worst = Math.max(...predicted.sub(toTensor(prediction)).abs().dataSync());
    assert(worst <= 1e-5, `predictions differ by ${worst}`);

    const [pixels, normalised] = (["pixels", "normalised"] as const).map((targets) =>
      maskedError(predicted, images, hidden, { ...config, targets }).mean().dataSync()[0]!
    );
    assertAlmostEquals(pixels!, Number(loss.data[0]), 1e-5);
    assertAlmostEquals(normalised!, Number(loss.data[1]), 1e-5);
  });

  Deno.test(`the weights of ${network.name} go out by the names they came in with`, () => {
    const { weights } = held(file);
    const parameters = importStateDict(correspondence, config, weights);
    const learnt = Object.fromEntries(
      Object.entries(weights).filter(([entry]) => !correspondence.passedOver.test(entry)),
    );
    assertEquals(exportStateDict(correspondence, config, parameters), learnt);
  });
}

testParity("crate_mae", crateMae, crateMaeStateDict, crateConfig);
testParity("vit_mae", vitMae, vitMaeStateDict, vitConfig);

// Counted by building the authors' program: parameters that could be trained, and all of them.
const counts: Readonly<Record<CrateMaeSize, readonly [number, number]>> = {
  tiny: [11_404_032, 11_555_328],
  small: [25_178_880, 25_405_824],
  base: [44_335_872, 44_638_464],
  large: [153_871_104, 154_274_560],
};

Deno.test("officialCounts() of the official masked autoencoders are the authors'", () => {
  for (const [size, [trainable, all]] of Object.entries(counts) as [CrateMaeSize, [number, number]][]) {
    const config = crateMaeSizes[size];
    assertEquals(officialCounts(config, crateMae.specs(config)), { trainable, all });
  }
  const vit = officialCounts(vitMaeBase, vitMae.specs(vitMaeBase));
  assertEquals(vit, { trainable: 143_487_744, all: 143_790_336 });
  assertAlmostEquals(counts.base[1] / vit.all, 0.3104, 5e-5);
});

Deno.test("ViT-MAE's blocks at half the width have as many parameters as CRATE-MAE's", () => {
  const blocks = (specs: ReturnType<typeof vitMae.specs>) =>
    countParameters({ ...under(specs, "encoder."), ...prefix(under(specs, "decoder.")) });
  const prefix = <A>(record: Readonly<Record<string, A>>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [`decoder.${name}`, value]));
  assertEquals(blocks(vitMae.specs({ ...small, width: 8 })), blocks(crateMae.specs(crateConfig)));
});

Deno.test("masked autoencoders start as the official program does", () => {
  const start = initialise(crateMae.specs({ ...crateConfig, width: 64 }), 1);
  const spread = (name: string) => Math.max(...Array.from(start[name]!.data as Float32Array, Math.abs));
  const bound = (name: string, expected: number) => {
    assert(spread(name) <= expected && spread(name) > 0.98 * expected, `${name}: ${spread(name)}`);
  };
  bound("encoder.0.attention.projection.weight", Math.sqrt(6 / 128));
  bound("encoder.0.dictionary", Math.sqrt(6 / 64));
  bound("decoder.1.dictionary", Math.sqrt(6 / 64));
  assertEquals(spread("encoder.0.attention.output.bias"), 0);
  assertEquals(spread("encoder.0.norm1.gain"), 1);
});

// papers' unit check U11: columns first, and zeros for the class token.
Deno.test("sinCosFeatures() puts the column's waves before the row's", () => {
  const one = [0.841471, 0.01, 0.540302, 0.99995];
  const zero = [0, 0, 1, 1];
  const expected = [
    ...new Array<number>(8).fill(0),
    ...[...zero, ...zero],
    ...[...one, ...zero],
    ...[...zero, ...one],
    ...[...one, ...one],
  ];
  sinCosFeatures(8, 2).forEach((value, index) => assertAlmostEquals(value, expected[index]!, 1e-6));
});

// U10: the official programs' order of a patch's values.
Deno.test("patchify() orders a patch by row, column, channel", () => {
  const image = tf.tensor4d(
    Float32Array.from({ length: 48 }, (_, i) => 16 * (i % 3) + Math.floor(i / 3)),
    [1, 4, 4, 3],
  );
  const patches = patchify(image, 2).dataSync();
  assertEquals([...patches.subarray(0, 12)], [0, 16, 32, 1, 17, 33, 4, 20, 36, 5, 21, 37]);
});

// U12: nothing is lost where nothing is wrong, and what is seen does not count.
Deno.test("maskedError() counts hidden patches only", () => {
  const images = tf.randomUniform([2, 8, 8, 3], 0, 1, "float32", 1);
  const mask = tf.tensor2d([...new Array<number>(8).fill(1), ...new Array<number>(24).fill(0)], [2, 16])
    .add(tf.tensor2d([...new Array<number>(24).fill(0), ...new Array<number>(8).fill(1)], [2, 16]));
  const targets = patchify(images, 2);
  assertEquals([...maskedError(targets, images, mask, small).dataSync()], [0, 0]);
  const seenWrong = targets.add(tf.sub(1, mask).expandDims(-1));
  assertEquals([...maskedError(seenWrong, images, mask, small).dataSync()], [0, 0]);
  const hiddenWrong = targets.add(mask.expandDims(-1));
  maskedError(hiddenWrong, images, mask, small).dataSync()
    .forEach((error) => assertAlmostEquals(error, 1, 1e-6));
});

Deno.test("hidden patches do not reach the predictions of crateMae", () => {
  const parameters = toTensors(initialise(crateMae.specs(crateConfig), 3));
  const images = tf.randomUniform([1, 8, 8, 3], 0, 1, "float32", 1);
  const mask = tf.tensor2d([1, ...new Array<number>(15).fill(0)], [1, 16]);
  const corner = tf.pad(tf.ones([1, 2, 2, 3]), [[0, 0], [0, 6], [0, 6], [0, 0]]);
  const predict = (input: typeof images) => [
    ...crateMae.forward(parameters, input, crateConfig, { mask }).dataSync(),
  ];
  assertEquals(predict(images), predict(images.add(corner)));
});

Deno.test("a probe sees the blocks of the encoder and then of the decoder", () => {
  const parameters = toTensors(initialise(crateMae.specs(crateConfig), 3));
  const layers = activations(crateMae, parameters, tf.ones([1, 8, 8, 3]), crateConfig);
  const half = { tokens: [1, 17, 16], projections: [1, 2, 17, 8], queries: [1, 2, 17, 8] };
  const attention = [1, 2, 17, 17];
  const encoder = {
    ...half,
    ...{ attention, compressed: half.tokens, compressedProjections: half.projections, sparse: half.tokens },
  };
  const decoder = { ...half, attention, dense: half.tokens, expanded: half.tokens };
  const shapes = layers.map((layer) =>
    Object.fromEntries(Object.entries(layer).map(([name, { shape }]) => [name, shape]))
  );
  assertEquals(shapes, [encoder, encoder, decoder, decoder]);
});
