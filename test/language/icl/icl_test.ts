import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import { misleadingDemonstrations } from "../../../lib/attack/demonstrations.ts";
import { Running } from "../../../lib/dag/running.ts";
import { textsDataset, textsOf } from "../../../lib/data/texts/labelled.ts";
import { templatedReviews } from "../../../lib/data/texts/templated.ts";
import { answersDataset, answersOf, askForLabels } from "../../../lib/language/icl/answers.ts";
import { drawDemonstrations } from "../../../lib/language/icl/demonstrations.ts";
import { judgeAnswers, recalibrate } from "../../../lib/language/icl/recalibrate.ts";
import { promptFor, templates } from "../../../lib/language/icl/templates.ts";
import { promptsOf } from "../../../lib/language/prompts.ts";
import { expectedCalibrationError } from "../../../lib/stats/calibration/errors.ts";
import { permutedLabels } from "../../../tasks/corrupt/permuted_labels.ts";
import { repeatedExamples } from "../../../tasks/corrupt/repeated_examples.ts";
import { madeUp } from "../../stats/calibration/made_up.ts";
import { run } from "../../tasks/run.ts";
import { scripted } from "../scripted.ts";

const about = { name: "templated reviews", split: "train", classes: ["negative", "positive"] };
const reviews = (count: number, seed: number) => textsDataset(about, templatedReviews(count, seed));
const running = { report: () => {}, log: () => {}, scratch: "", env: {}, prepared: {} };
const alone = <A, E>(work: Effect.Effect<A, E, Running>) =>
  Effect.runPromise(Effect.provideService(work, Running, running));

Deno.test("promptFor() writes prompts as the paper's program does", () => {
  const shown = [{ text: "Who?", label: 2 }, { text: "Why?", label: 3 }];
  assertEquals(
    promptFor(templates.trec, shown, "How many?"),
    "Classify the questions based on whether their answer type is a Number, Location, Person, Description, Entity, " +
      "or Abbreviation.\n\nQuestion: Who?\nAnswer Type: Person\n\nQuestion: Why?\nAnswer Type: Description\n\n" +
      "Question: How many?\nAnswer Type:",
  );
  assertEquals(
    promptFor(templates.rte, [{ text: "a\nquestion: b True or False?", label: 1 }], "c"),
    " a\nquestion: b True or False?\nanswer: True\n\n c\nanswer:",
  );
});

Deno.test("promptsOf() gives prompts their common beginning, and a token of their own at least", () => {
  const model = {
    beginning: Uint32Array.of(9),
    tokens: (text: string) => Uint32Array.from(text, (letter) => letter.charCodeAt(0) - 97),
  };
  const [first, second] = promptsOf(model, ["abc", "abd"]);
  assertEquals([first!.prefix, first!.rest], [Uint32Array.of(9, 0, 1), Uint32Array.of(2)]);
  assertEquals([second!.prefix, second!.rest], [Uint32Array.of(9, 0, 1), Uint32Array.of(3)]);
  const [short, long] = promptsOf(model, ["ab", "abcd"]); // one is the beginning of the other
  assertEquals([short!.rest, long!.rest], [Uint32Array.of(1), Uint32Array.of(1, 2, 3)]);
  assertEquals(promptsOf(model, ["abc"])[0]!.rest, Uint32Array.of(2));
});

Deno.test("demonstrations of a seed are the beginning of those of more shots; balanced ones take turns", async () => {
  const draw = async (shots: number, balanced: boolean) =>
    (await Effect.runPromise(
      Effect.flatMap(drawDemonstrations(reviews(40, 0), { shots, balanced, seed: 3 }), textsOf),
    )).examples;
  assertEquals((await draw(8, false)).slice(0, 3), await draw(3, false));
  const balanced = (await draw(6, true)).map(({ label }) => label);
  assertEquals(balanced.filter((label) => label === 0).length, 3);
  const refused = await Effect.runPromise(
    Effect.flip(drawDemonstrations(reviews(4, 0), { shots: 5, balanced: false, seed: 0 })),
  );
  assertStringIncludes(refused.message, "only 4 examples");
});

Deno.test("askForLabels() asks after all demonstrations, and keeps posteriors, mass and labels", async () => {
  const { model, asked } = scripted((text) => text.includes("superb") ? 0.9 : 0.3);
  const questions = textsDataset(about, [{ text: "superb", label: 1 }, { text: "awful", label: 0 }]);
  const demonstrations = textsDataset(about, [{ text: "fine", label: 1 }]);
  const dataset = await alone(askForLabels(model, templates.sst2, demonstrations, questions));
  assertEquals(asked, [
    "Review: fine\nSentiment: Positive\n\nReview: superb\nSentiment:",
    "Review: fine\nSentiment: Positive\n\nReview: awful\nSentiment:",
  ]);
  const { answers, about: { shots } } = await Effect.runPromise(answersOf(dataset));
  assertEquals(answers.labels, Int32Array.of(1, 0));
  [0.1, 0.9, 0.7, 0.3].forEach((share, place) =>
    assertAlmostEquals(answers.probabilities[place]!, share, 1e-12)
  );
  assertEquals([shots, answers.mass], [1, Float64Array.of(0.5, 0.5)]);
});

Deno.test("a prompt of other classes than the data's is refused", async () => {
  const { model } = scripted(() => 0.5);
  const questions = reviews(2, 0);
  const refused = await alone(Effect.flip(askForLabels(model, templates.trec, questions, questions)));
  assertStringIncludes(refused.message, "6 labels for data of 2 classes");
});

Deno.test("misleading demonstrations are those after which the true labels are least likely", async () => {
  // Misled by every demonstration of praise.
  const praises = (text: string) => text.split("Positive").length - 1;
  const { model } = scripted((text) => 1 / (2 + praises(text)));
  const questions = textsDataset(about, [{ text: "x", label: 1 }]);
  const found = await alone(
    misleadingDemonstrations(model, templates.sst2, reviews(40, 0), questions, {
      shots: 4,
      tries: 6,
      seed: 0,
    }),
  );
  const counts = await Promise.all(Array.from({ length: 6 }, async (_, attempt) => {
    const draw = { shots: 4, balanced: false, seed: 1000 + attempt };
    const { examples } = await Effect.runPromise(
      Effect.flatMap(drawDemonstrations(reviews(40, 0), draw), textsOf),
    );
    return examples.filter(({ label }) => label === 1).length;
  }));
  const { examples } = await Effect.runPromise(textsOf(found));
  assertEquals(examples.filter(({ label }) => label === 1).length, Math.max(...counts));
});

const answers = (count: number, phase: number) => {
  const forecasts = madeUp(count, 2, phase);
  return answersDataset(
    { name: "made up", model: "none", shots: 1, classes: ["a", "b"] },
    { ...forecasts, mass: new Float64Array(count).fill(0.5) },
  );
};

Deno.test("judgeAnswers() and recalibrate() tell what the statistics do", async () => {
  const measurement = { bins: 10, resamples: 50 };
  const judged = await Effect.runPromise(judgeAnswers(answers(60, .5), measurement));
  assertAlmostEquals(judged.error as number, 0.27176186567605337, 1e-12);
  assertAlmostEquals(judged.labelConfidence as number, 0.8641759418598387 / 2, 1e-12);
  const found = await Effect.runPromise(recalibrate(answers(45, 1.1), [answers(60, .5)], measurement));
  const { raw, temperature, scalingBinning, fitted } = found as unknown as {
    raw: { error: number; accuracy: number };
    temperature: { error: number; accuracy: number; clipped: boolean; temperature: number };
    scalingBinning: { error: number };
    fitted: number;
  };
  assertAlmostEquals(raw.error, expectedCalibrationError(madeUp(45, 2, 1.1), 10), 1e-12);
  assertEquals([temperature.accuracy, temperature.clipped, temperature.temperature], [raw.accuracy, true, 5]);
  assertAlmostEquals(scalingBinning.error, 0.05829145140243301, 1e-4); // by its authors' program
  assertEquals(fitted, 60);
});

Deno.test("permuted labels and repeated examples say what they are", async () => {
  const data = textsDataset(about, [{ text: "a", label: 0 }, { text: "b", label: 1 }]);
  const permuted = await run(permutedLabels, {}, { data });
  assertEquals(permuted.tensors.labels!.data, Int32Array.of(1, 0));
  assertEquals(permuted.tensors.trueLabels!.data, Int32Array.of(0, 1));
  assertEquals(permuted.about.corruptions, [{ "permuted-labels": {} }]);
  const { examples } = await Effect.runPromise(textsOf(await run(repeatedExamples, { times: 3 }, { data })));
  assertEquals(examples.map(({ text }) => text).join(""), "ababab");
  assert(permuted.tensors.bytes === data.tensors.bytes);
});
