/**
 * Answers of a toy learner, beside those of an ideal one.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../../dag/running.ts";
import { Share } from "../../data/ranges.ts";
import { replaceLabels } from "../../data/label_noise.ts";
import { computeInBatches } from "../../evaluate/batches.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { loadNetwork } from "../../nn/checkpoint.ts";
import { Count } from "../../nn/config.ts";
import { softmaxLanguage } from "../../nn/softmax_language.ts";
import { tensor } from "../../tensor/array.ts";
import { tf } from "../../tensor/native.ts";
import { answersDataset } from "../icl/answers.ts";
import { drawEpisodes, drawRules, idealProbability, RuleFamily } from "./family.ts";
import { labelLogits, tokensOf } from "./learner.ts";

/** What a toy learner is asked. */
export const ToyQuestions = Schema.Struct({
  /** Demonstrations before each question. */
  shots: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Different rules, each with demonstrations of its own. */
  prompts: Count,
  /** Questions after the same demonstrations. */
  questions: Count,
  /** The share of the demonstrations' labels that is turned round, beyond what is wrong in the family itself. */
  wrong: Share,
  /** Which questions: those to be judged, or others, after the same demonstrations. */
  part: Schema.Literals(["test", "calibration"]),
  /** The seed of rules, items and labels. */
  seed: Schema.Int,
});

/** What a toy learner is asked. */
export type ToyQuestions = typeof ToyQuestions.Type;

/** Questions asked at a time. */
const BATCH = 500;

/**
 * Asks a toy learner for labels. For one seed, prompts of fewer shots are the beginnings of those of more.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns Answers as a dataset, with the ideal learner's probabilities as `ideal` float64 `[n, 2]` and the prompt of each
 * question as `prompt` int32 `[n]`.
 */
export const askToyLearner = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  { shots, prompts, questions, wrong, part, seed }: ToyQuestions,
): Effect.fn.Return<Dataset, unknown, Running> {
  const { config, parameters, facts } = yield* Effect.try({
    try: () => loadNetwork(softmaxLanguage, checkpoint),
    catch: (error) => error,
  });
  const family = yield* Schema.decodeUnknownEffect(RuleFamily)(facts.family);
  const most = config.context / 2 - 1;
  const rules = drawRules(family, { count: prompts, seed, stream: "asking", step: 0 });
  const draw = { count: prompts, seed, stream: "asking", rules };
  const shown = drawEpisodes(family, { ...draw, length: most, step: 0 });
  const asked = drawEpisodes(family, { ...draw, length: questions, step: part === "test" ? 1 : 2 });
  const labels = replaceLabels(shown.labels, 2, { rate: wrong, seed });

  const count = prompts * questions;
  const sequences = {
    items: new Int32Array(count * (shots + 1)),
    labels: new Int32Array(count * (shots + 1)),
  };
  const ideal = new Float64Array(2 * count);
  for (let row = 0; row < count; row++) {
    const prompt = Math.floor(row / questions);
    const seen = Array.from({ length: shots }, (_, shot) => ({
      item: shown.items[prompt * most + shot]!,
      label: labels[prompt * most + shot]!,
    }));
    seen.forEach(({ item, label }, shot) => {
      sequences.items[row * (shots + 1) + shot] = item;
      sequences.labels[row * (shots + 1) + shot] = label;
    });
    sequences.items[row * (shots + 1) + shots] = asked.items[row]!;
    const one = idealProbability(family, seen, asked.items[row]!);
    ideal.set([1 - one, one], 2 * row);
  }
  const { answers } = yield* computeInBatches({
    parameters,
    examples: { tokens: tokensOf(family, { ...sequences, length: shots + 1 }) },
    size: BATCH,
    compute: (parameters, { tokens }) => {
      const logits = labelLogits(config, parameters, tokens!);
      return { answers: tf.softmax(tf.reshape(tf.slice(logits, [0, shots, 0], [-1, 1, 2]), [-1, 2])) };
    },
  });
  return answersDataset(
    { name: "hidden rules", model: "toy learner", shots, classes: ["0", "1"] },
    {
      classes: 2,
      probabilities: Float64Array.from(answers!.data as Float32Array),
      labels: asked.labels,
      mass: new Float64Array(count).fill(1),
    },
    {
      ideal: tensor("float64", [count, 2], ideal),
      prompt: tensor(
        "int32",
        [count],
        Int32Array.from(asked.labels, (_, row) => Math.floor(row / questions)),
      ),
    },
  );
});
