import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { DataError } from "../../lib/data/folder.ts";
import { measureEntropies } from "../../lib/evaluate/entropies.ts";
import { measureLanguageLoss } from "../../lib/evaluate/language.ts";
import { compareRecurrence } from "../../lib/evaluate/recurrence.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { saveNetwork } from "../../lib/nn/checkpoint.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { tostLanguage } from "../../lib/nn/tost_language.ts";
import { tf } from "../../lib/tensor/native.ts";
import { toTensor, toTensors } from "../../lib/tensor/tensors.ts";
import { languageLoss, windowsOf } from "../../lib/nn/text.ts";
import "../nn/tensorflow.ts";
import { randomText, runAlone, tinyLanguage } from "./tiny.ts";

const parameters = initialise(tostLanguage.specs(tinyLanguage), 1);
const losses = new Float32Array(0);
const model: Checkpoint = saveNetwork(tostLanguage, { config: tinyLanguage, parameters, losses, facts: {} });
const text = randomText(100);

Deno.test("measureLanguageLoss() is the training loss on windows side by side", async () => {
  const tokens = text.tensors.tokens!.data as Int32Array;
  const expected = tf.tidy(() => {
    const windows = toTensor(windowsOf(tokens, [0, 12, 24, 36, 48, 60, 72, 84], 12));
    return languageLoss(tostLanguage, tinyLanguage, toTensors(parameters), windows).dataSync()[0]!;
  });
  const metrics = await runAlone(measureLanguageLoss(tostLanguage, model, text, 100));
  assertAlmostEquals(metrics.loss as number, expected, 1e-5);
  assertEquals(metrics.tokens, 8 * 12);
});

Deno.test("measureLanguageLoss() refuses a text shorter than a window", async () => {
  const short = randomText(12);
  await assertRejects(
    () => runAlone(measureLanguageLoss(tostLanguage, model, short, 1)),
    DataError,
    "fewer than a window",
  );
});

Deno.test("compareRecurrence() finds both ways of reading equal, with h (2p + 1) numbers a layer", async () => {
  const metrics = await runAlone(compareRecurrence(model, text));
  const { value } = metrics.difference as { readonly value: number };
  assert(value < 1e-6, `the difference is ${value}`);
  assertEquals([metrics.stateNumbers, metrics.stateFormula, metrics.tokens], [18, 18, 12]);
});

Deno.test("measureEntropies() knows a random text of five tokens to have log 5 nats", async () => {
  const metrics = await Effect.runPromise(measureEntropies(randomText(50_000), randomText(10_000)));
  assertAlmostEquals(metrics.unigram as number, Math.log(5), 1e-3);
  assertAlmostEquals(metrics.bigram as number, Math.log(5), 1e-3);
  assertAlmostEquals(metrics.bigramOnValidation as number, Math.log(5), 1e-2);
});
