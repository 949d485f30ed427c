import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { completeImages } from "../../lib/evaluate/completions.ts";
import { EvaluationError } from "../../lib/evaluate/examples.ts";
import { measureMaeLayers } from "../../lib/evaluate/mae_layers.ts";
import { measureMaskedLoss } from "../../lib/evaluate/masked_loss.ts";
import { measurePixels, measureRepresentation } from "../../lib/evaluate/representation.ts";
import { lookUp, numberAt } from "../../lib/claim/measure.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { crateMae, type CrateMaeConfig } from "../../lib/nn/crate_mae.ts";
import { vitMae } from "../../lib/nn/vit_mae.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { initialiseMasked, type MaskedRecipe, trainMasked } from "../../lib/train/masked.ts";
import "../nn/tensorflow.ts";
import { randomImages, runAlone } from "./tiny.ts";

const config: CrateMaeConfig = {
  ...{ side: 8, channels: 1, patch: 2, width: 8, depth: 2, heads: 2, decoderDepth: 2, decoderHeads: 2 },
  ...{ targets: "pixels", step: 0.1, sparsity: 0.1 },
};
const { step: _, sparsity: __, ...vitConfig } = config;
const recipe: MaskedRecipe = {
  ...{ steps: 120, batch: 16, optimiser: "adamw", learningRate: 1e-2, finalLearningRate: 0, warmup: 5 },
  ...{ weightDecay: 0, beta2: 0.95, clip: 0, execution: "graph", seed: 1 },
  ...{ maskRatio: 0.75, augment: "none" },
};
const masking = { ratios: [0.25, 0.75], worstAt: 0.75, attempts: 3, count: 50, seed: 0 };

/** Images of a slope of grey from left to right or from top to bottom, which a quarter of an image tells. */
function slopes(count: number): Dataset {
  const pixels = Uint8Array.from({ length: count * 64 }, (_, index) => {
    const [image, y, x] = [Math.floor(index / 64), Math.floor(index / 8) % 8, index % 8];
    return 30 * (image % 2 === 0 ? x : y) + image % 17;
  });
  return {
    about: { name: "slopes", split: "test", classes: ["across", "down"] },
    tensors: {
      images: tensor("uint8", [count, 8, 8, 1], pixels),
      labels: tensor("int32", [count], Int32Array.from({ length: count }, (_, image) => image % 2)),
    },
  };
}

const untrained = await runAlone(initialiseMasked(crateMae, config, 1, slopes(64)));
const trained = await runAlone(trainMasked(crateMae, config, recipe, slopes(64)));

const lossOf = (checkpoint: Checkpoint, shown = slopes(64)) =>
  runAlone(measureMaskedLoss(crateMae, checkpoint, { known: slopes(64), shown, whole: slopes(64) }, masking));

Deno.test("trainMasked() learns to complete images", async () => {
  const [before, after] = [await lossOf(untrained), await lossOf(trained)];
  assert(numberAt(after, "loss.at75") < 0.7 * numberAt(before, "loss.at75"));
  assert(numberAt(after, "leastFall") < 0);
  assertEquals(lookUp(before, "leastFall"), undefined);
});

Deno.test("trainMasked() is a function of its seed, and initialiseMasked() is its beginning", async () => {
  const again = await runAlone(trainMasked(crateMae, config, recipe, slopes(64)));
  assertEquals(again, trained);
  const unmoved = await runAlone(trainMasked(crateMae, config, { ...recipe, steps: 0 }, slopes(64)));
  assertEquals(unmoved.tensors, untrained.tensors);
});

Deno.test("measureMaskedLoss() compares with guesses that look at nothing", async () => {
  const measured = await lossOf(trained);
  // Places differ less from their own mean than from that of all.
  assert(numberAt(measured, "mean.at75") < numberAt(measured, "constant.at75"));
  assertAlmostEquals(
    numberAt(measured, "share.at75"),
    numberAt(measured, "loss.at75") / numberAt(measured, "mean.at75"),
  );
  // Pixels have variance 1 over all images, and so the error of the one mean patch is close to it.
  assertAlmostEquals(numberAt(measured, "constant.at25"), 1, 0.15);
  assert(numberAt(measured, "worst") > numberAt(measured, "loss.at75"));
});

Deno.test("measureMaskedLoss() compares what is made of noise with the clean images", async () => {
  const clean = await lossOf(trained);
  const noisy = await lossOf(trained, randomImages(64));
  assert(numberAt(noisy, "loss.at25") > numberAt(clean, "loss.at25"));
  assertEquals(numberAt(noisy, "mean.at25"), numberAt(clean, "mean.at25"));
});

Deno.test("measureMaskedLoss() refuses networks that predict patches without their scale", async () => {
  const normalised = await runAlone(
    initialiseMasked(crateMae, { ...config, targets: "normalised" }, 1, slopes(8)),
  );
  await assertRejects(() => lossOf(normalised), EvaluationError, 'targets "pixels"');
});

Deno.test("measureRepresentation() and measurePixels() classify", async () => {
  const data = { known: slopes(60), asked: slopes(40), noisy: randomImages(40) };
  const counts = { known: 60, asked: 40 };
  const measured = await runAlone(measureRepresentation(crateMae, trained, data, counts));
  assertEquals(numberAt(measured, "mean.linear"), 1);
  assert(numberAt(measured, "noisy.mean.linear") < 1);
  const pixels = await runAlone(measurePixels(data, counts));
  assertEquals([numberAt(pixels, "pixels.linear"), numberAt(pixels, "pixels.neighbours")], [1, 1]);
});

Deno.test("measurePixels() looks at large images through squares", async () => {
  // Black and white rows in turn, which mean grey, in one class; white ones in the other.
  const rows = (count: number): Dataset => ({
    about: { name: "rows", split: "test", classes: ["striped", "white"] },
    tensors: {
      images: tensor(
        "uint8",
        [count, 64, 4, 1],
        Uint8Array.from(
          { length: count * 256 },
          (_, index) => Math.floor(index / 256) % 2 === 1 ? 255 : 255 * (Math.floor(index / 4) % 2),
        ),
      ),
      labels: tensor("int32", [count], Int32Array.from({ length: count }, (_, image) => image % 2)),
    },
  });
  const measured = await runAlone(
    measurePixels({ known: rows(10), asked: rows(8), noisy: rows(8) }, { known: 10, asked: 8 }),
  );
  assertEquals([numberAt(measured, "pixels.linear"), numberAt(measured, "asked")], [1, 8]);
});

Deno.test("measureMaeLayers() measures encoder and decoder, and pairs their layers", async () => {
  const measured = await runAlone(measureMaeLayers(crateMae, trained, slopes(20), 20));
  for (const path of ["encoder.rate", "encoder.rateOfInput", "encoder.nonZero", "decoder.rate"]) {
    const curve = lookUp(measured, path) as readonly number[];
    assert(curve.length === 2 && curve.every((value) => value > 0 && value <= 1), `${path}: ${curve}`);
  }
  const cka = measured.cka as readonly (readonly number[])[];
  assertAlmostEquals(numberAt(measured, "mirrored"), (cka[0]![1]! + cka[1]![0]!) / 2);
  assertAlmostEquals(numberAt(measured, "others"), (cka[0]![0]! + cka[1]![1]!) / 2);

  const vit = await runAlone(initialiseMasked(vitMae, vitConfig, 1, slopes(20)));
  const other = await runAlone(measureMaeLayers(vitMae, vit, slopes(20), 20));
  assertEquals(lookUp(other, "encoder.rate"), undefined);
  assert(numberAt(other, "mirrored") > 0);
});

Deno.test("completeImages() leaves what was shown as it was", async () => {
  const { tensors } = await runAlone(
    completeImages(crateMae, trained, slopes(64), { count: 4, ratio: 0.75, seed: 0 }),
  );
  const [images, masked, completed] = ["images", "masked", "completed"].map((name) =>
    tensors[name]!.data as Uint8Array
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const hidden = masked.filter((byte, index) => byte === 128 && images[index] !== 128).length;
  assert(hidden > 0.6 * masked.length && hidden <= 0.75 * masked.length);
  masked.forEach((byte, index) => {
    if (byte !== 128) assertEquals([byte, completed[index]], [images[index]!, images[index]]);
  });
  const error = (guess: Uint8Array) =>
    guess.reduce((sum, byte, index) => sum + (byte - images[index]!) ** 2, 0);
  assert(error(completed) < error(masked));
});
