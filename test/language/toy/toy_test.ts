import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import type { Checkpoint } from "../../../lib/kinds/checkpoint.ts";
import { drawEpisodes, idealProbability, labelOf } from "../../../lib/language/toy/family.ts";
import { askToyLearner } from "../../../lib/language/toy/answers.ts";
import { judgeToyAnswers } from "../../../lib/language/toy/judge.ts";
import { labelLogits, languageConfig, tokensOf, trainToyLearner } from "../../../lib/language/toy/learner.ts";
import { saveNetwork } from "../../../lib/nn/checkpoint.ts";
import { initialise } from "../../../lib/nn/initialise.ts";
import { softmaxLanguage } from "../../../lib/nn/softmax_language.ts";
import { tf } from "../../../lib/tensor/native.ts";
import { toTensor, toTensors } from "../../../lib/tensor/tensors.ts";
import type { Recipe } from "../../../lib/train/recipe.ts";
import { runAlone } from "../../evaluate/tiny.ts";
import "../../nn/tensorflow.ts";

const family = { attributes: 3, noise: 0.1 };
const size = { shots: 4, width: 16, depth: 1, heads: 2 };

Deno.test("an episode's labels are one rule's, but for the share that is wrong", () => {
  const rules = Int32Array.from({ length: 400 }, (_, sequence) => sequence % 6);
  const { items, labels } = drawEpisodes(family, {
    ...{ count: 400, length: 10, seed: 1, stream: "test", step: 0 },
    rules,
  });
  const wrong = labels.filter((label, place) =>
    label !== labelOf(rules[Math.floor(place / 10)]!, items[place]!)
  );
  assertAlmostEquals(wrong.length / labels.length, 0.1, 0.02); // four standard deviations
  assertEquals(labelOf(3, 0b010), 0); // attribute 1, turned round
});

Deno.test("the ideal probability is Bayes' rule over all rules, and that of nothing is one half", () => {
  assertEquals(idealProbability(family, [], 5), 0.5);
  // By hand: after (000 → 1) the rules "no j" weigh 0.9 and "j" 0.1; of item 111 each "j" says 1.
  const expected = (3 * 0.1 * 0.9 + 3 * 0.9 * 0.1) / (3 * 0.1 + 3 * 0.9);
  assertAlmostEquals(idealProbability(family, [{ item: 0, label: 1 }], 7), expected, 1e-12);
  assertAlmostEquals(
    idealProbability(family, [{ item: 0, label: 1 }], 0),
    (3 * 0.1 * 0.1 + 3 * 0.9 * 0.9) / (3 * 0.1 + 3 * 0.9),
    1e-12,
  );
});

Deno.test("what a learner tells at an item depends neither on its label nor on what follows", () => {
  const config = languageConfig(family, size);
  const episodes = { length: 5, items: Int32Array.of(1, 2, 3, 4, 5), labels: Int32Array.of(0, 1, 0, 1, 0) };
  const logits = (labels: Int32Array) =>
    tf.tidy(() => {
      const parameters = toTensors(initialise(softmaxLanguage.specs(config), 1));
      return labelLogits(config, parameters, toTensor(tokensOf(family, { ...episodes, labels }))).dataSync();
    });
  const [before, after] = [logits(episodes.labels), logits(Int32Array.of(0, 1, 1, 0, 1))];
  assertEquals(before.slice(0, 6), after.slice(0, 6)); // the label of item 2 is the first that differs
  assert(before[6] !== after[6]);
});

Deno.test("a learner that knows nothing is asked as an ideal one would be", async () => {
  const config = languageConfig(family, size);
  const parameters = initialise(softmaxLanguage.specs(config), 1);
  const model: Checkpoint = saveNetwork(softmaxLanguage, {
    config,
    parameters,
    losses: new Float32Array(0),
    facts: { family },
  });
  const ask = { shots: 3, prompts: 40, questions: 10, wrong: 0, part: "test", seed: 0 } as const;
  const answers = await runAlone(askToyLearner(model, ask));
  assertEquals(answers.tensors.prompt!.data.slice(0, 11), Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
  const metrics = await Effect.runPromise(
    judgeToyAnswers(answers, { bins: 10, resamples: 20 }),
  ) as unknown as {
    ideal: { accuracy: number };
    learner: { accuracy: number };
    distance: number;
  };
  assert(metrics.ideal.accuracy > metrics.learner.accuracy + 0.1);
  assert(metrics.distance > 0.1);
  // Other questions after the same demonstrations.
  const others = await runAlone(askToyLearner(model, { ...ask, part: "calibration" }));
  assert(others.tensors.labels!.data.some((label, place) => label !== answers.tensors.labels!.data[place]));
});

Deno.test("a toy learner trains, and lowers its loss where only frequent answers help", async () => {
  const recipe: Recipe = {
    steps: 25,
    batch: 16,
    optimiser: "adamw",
    learningRate: 3e-3,
    finalLearningRate: 0,
    warmup: 2,
    weightDecay: 0,
    beta2: 0.99,
    clip: 1,
    execution: "graph",
    seed: 0,
  };
  const one = { attributes: 1, noise: 0 }; // two items, two rules: the first label gives the rule away
  const { about, tensors } = await runAlone(trainToyLearner(one, { ...size, shots: 3 }, recipe));
  const losses = tensors.loss!.data as Float32Array;
  assertEquals([losses.length, about.family], [25, one]);
  assert(losses.at(-1)! < losses[0]!);
});
