import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { manyShot } from "../../lib/attack/language/content.ts";
import { attackQuestions, drawQuestions, questionsOf } from "../../lib/attack/language/dataset.ts";
import { tokensOfText } from "../../lib/data/arithmetic.ts";
import { DataError } from "../../lib/data/folder.ts";
import { decode } from "../../lib/evaluate/arithmetic_decoding.ts";
import { chancesOfPasses, measureRobustness } from "../../lib/evaluate/arithmetic_robustness.ts";
import { answerProbabilities } from "../../lib/evaluate/arithmetic_scoring.ts";
import { measureVotes } from "../../lib/evaluate/arithmetic_votes.ts";
import { robustnessIn } from "../../lib/evaluate/attack_success.ts";
import { abreast } from "../../lib/evaluate/columns.ts";
import { saveNetwork } from "../../lib/nn/checkpoint.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { embedText, loopedLanguage, tellTokens, think } from "../../lib/nn/looped_language.ts";
import { type Tensor, tensor } from "../../lib/tensor/array.ts";
import { tf } from "../../lib/tensor/native.ts";
import { toTensor, toTensors } from "../../lib/tensor/tensors.ts";
import { arithmeticConfig } from "../../lib/train/arithmetic.ts";
import "../nn/tensorflow.ts";
import { runAlone } from "./tiny.ts";

const layout = { slot: 11, passes: 1 };
const config = arithmeticConfig({ width: 8, depth: 1, heads: 2, loops: [1, 2] }, layout);
const model = { config, parameters: initialise(loopedLanguage.specs(config), 4) };
const checkpoint = saveNetwork(loopedLanguage, { ...model, losses: new Float32Array(0), facts: {} });
const clean = drawQuestions({ count: 7, seed: 1 }, layout);
const { prompts } = await Effect.runPromise(questionsOf(clean));
const attacked = await Effect.runPromise(
  attackQuestions(
    clean,
    { attack: "many-shot", goal: "42", strength: 1 },
    (sum, target) => manyShot(sum, target, 1),
  ),
);

/** The likeliest digit after texts, without any of the decoder's batches and fixed lengths. */
function likeliest(texts: Tensor, loops: number): readonly number[] {
  return tf.tidy(() => {
    const parameters = toTensors(model.parameters);
    const logits = tellTokens(
      parameters,
      think(parameters, embedText(parameters, toTensor(texts)), config, loops).at(-1)!,
    );
    const last = tf.slice(logits, [0, texts.shape[1]! - 1, 0], [-1, 1, 10]);
    return Array.from(tf.argMax(last, 2).dataSync());
  });
}

const column = (values: readonly number[]) => tensor("int32", [values.length, 1], Int32Array.from(values));
const letter = (one: string) => column(new Array(7).fill(tokensOfText(one)[0]!));

Deno.test("decode() writes, digit by digit, what is likeliest after all before it", async () => {
  const { thought, answers } = await runAlone(decode(model, prompts, { loops: 2, passes: 1 }));
  let text = abreast(prompts, letter("T"));
  for (let digit = 0; digit < 4; digit++) text = abreast(text, column(likeliest(text, 2)));
  assertEquals(
    thought.data,
    abreast(text).data.filter((_, place) => place % text.shape[1]! >= prompts.shape[1]!),
  );
  text = abreast(text, letter("A"));
  const before = text.shape[1]!;
  for (let digit = 0; digit < 3; digit++) text = abreast(text, column(likeliest(text, 2)));
  assertEquals(answers.data, text.data.filter((_, place) => place % text.shape[1]! >= before));
});

Deno.test("the probabilities of all thousand answers sum to 1, and answers are drawn by them", async () => {
  const values = Array.from({ length: 1000 }, (_, value) => value);
  const one = tensor(
    "int32",
    [1000, prompts.shape[1]!],
    Int32Array.from(values.flatMap(() => [...prompts.data.subarray(0, prompts.shape[1]!)] as number[])),
  );
  const found = await runAlone(answerProbabilities(model, one, values, 2));
  assertAlmostEquals(found.reduce((sum, p) => sum + p, 0), 1, 1e-4);
  assert(found.every((p) => p > 0 && p < 1));

  // Even draws on a grid must give each first digit its share, to within the grid's step.
  const draws = Float32Array.from(values.flatMap((value) => [(value + 0.5) / 1000, 0.5, 0.5]));
  const { answers } = await runAlone(
    decode(model, one, { loops: 2, passes: 0 }, { draws: tensor("float32", [1000, 3], draws) }),
  );
  for (let digit = 0; digit < 10; digit++) {
    const exact = values.filter((value) => value % 10 === digit).reduce(
      (sum, value) => sum + found[value]!,
      0,
    );
    const drawn = values.filter((row) => answers.data[3 * row] === digit).length / 1000;
    assertAlmostEquals(drawn, exact, 2e-3);
  }
});

Deno.test("chancesOfPasses() are the chances of stopping after each pass", () => {
  const chances = chancesOfPasses([0.5, 0.2, 0.9]);
  [0.5, 0.4, 0.1].forEach((chance, passes) => assertAlmostEquals(chances[passes]!, chance, 1e-12));
});

Deno.test("measureRobustness() counts only what is right without attack", async () => {
  const grid = { loops: [1, 2], passes: 1 };
  const { computes, accuracy, attacks } = robustnessIn(
    await runAlone(measureRobustness(checkpoint, clean, [attacked], grid)),
  );
  assertEquals(computes.map(({ loops, passes }) => [loops, passes]), [[1, 0], [1, 1], [2, 0], [2, 1]]);
  assertEquals(attacks[0]!.counted, accuracy.map((share) => Math.round(7 * share)));
  // An untrained model adds nothing rightly, so there is nothing to succeed at.
  assertEquals(attacks[0]!.success, [null, null, null, null]);
});

Deno.test("measureRobustness() refuses, in words, what is no attack on the same questions", async () => {
  await assertRejects(
    () => runAlone(measureRobustness(checkpoint, clean, [clean], { loops: [1], passes: 0 })),
    DataError,
    "should hold an attack on 7 questions",
  );
});

Deno.test("measureVotes() finds votes to follow the binomial law", async () => {
  const metrics = await runAlone(measureVotes(checkpoint, attacked, { votes: [1, 3, 5], loops: 1, seed: 2 }));
  assert((metrics.largestDeviation as number) <= 3);
  assertEquals((metrics.laws as readonly unknown[]).length, 3);
});
