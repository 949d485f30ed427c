/**
 * Answers: what a learner makes of questions after demonstrations.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../../dag/running.ts";
import { DataError } from "../../data/folder.ts";
import { textsOf } from "../../data/texts/labelled.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Forecasts } from "../../stats/calibration/forecasts.ts";
import { tensor } from "../../tensor/array.ts";
import { LanguageModelError } from "../model.ts";
import { promptsOf } from "../prompts.ts";
import type { NamedModel } from "../use.ts";
import { promptFor, type Template } from "./templates.ts";

/** Forecasts of labels, each with the probability that the learner's next word is a label at all. */
export interface Answers extends Forecasts {
  /** That probability, `[n]`. */
  readonly mass: Float64Array;
}

/**
 * Asks a language model for the label of every text of `questions`, after the demonstrations.
 *
 * A label is scored by the first token of its word. The forecasts are probabilities given that the next token is one of
 * the labels', as the paper computes its errors.
 *
 * @returns Answers as a dataset: `probabilities` float64 `[n, classes]`, `mass` float64 `[n]`, `labels` int32 `[n]`.
 */
export const askForLabels = Effect.fnUntraced(function* (
  model: Pick<NamedModel, "name" | "beginning" | "tokens" | "choose">,
  template: Template,
  demonstrations: Dataset,
  questions: Dataset,
): Effect.fn.Return<Dataset, LanguageModelError | DataError, Running> {
  const { report } = yield* Running;
  const shown = yield* textsOf(demonstrations);
  const asked = yield* textsOf(questions);
  const words = yield* labelTokens(model, template, asked.classes);
  const prompts = promptsOf(
    model,
    asked.examples.map(({ text }) => promptFor(template, shown.examples, text)),
  );
  const probabilities = new Float64Array(prompts.length * words.length);
  const mass = new Float64Array(prompts.length);
  for (const [row, prompt] of prompts.entries()) {
    const choices = yield* model.choose(prompt, words);
    probabilities.set(choices.posterior, row * words.length);
    mass[row] = choices.mass;
    report({ step: row + 1, total: prompts.length, unit: "questions" });
    yield* Effect.yieldNow; // lets an interruption through
  }
  const labels = Int32Array.from(asked.examples, ({ label }) => label);
  return answersDataset({
    name: questions.about.name,
    model: model.name,
    shots: shown.examples.length,
    classes: asked.classes,
  }, { classes: words.length, probabilities, labels, mass });
});

/** The token that stands for each class: the first of its word after a space, as in a text. */
export function labelTokens(
  model: Pick<NamedModel, "name" | "tokens">,
  { words }: Template,
  classes: readonly string[],
): Effect.Effect<readonly number[], LanguageModelError> {
  const tokens = words.map((word) => model.tokens(` ${word}`)[0]!);
  if (words.length === classes.length && new Set(tokens).size === words.length) return Effect.succeed(tokens);
  return Effect.fail(
    new LanguageModelError({
      message: words.length === classes.length
        ? `${model.name} begins two of the labels ${
          words.join(", ")
        } with the same token: choose other words.`
        : `The prompt has ${words.length} labels for data of ${classes.length} classes: take the data's own prompt.`,
    }),
  );
}

/** What is known of answers. */
export interface AnswersAbout {
  /** The true name of the data. */
  readonly name: string;
  /** The learner. */
  readonly model: string;
  /** How many demonstrations came before each question. */
  readonly shots: number;
  /** The names of the classes. */
  readonly classes: readonly string[];
}

/** Keeps answers as a dataset. */
export function answersDataset(
  about: AnswersAbout,
  { classes, probabilities, labels, mass }: Answers,
  others: Dataset["tensors"] = {},
): Dataset {
  return {
    about: { ...about, split: "answers" },
    tensors: {
      probabilities: tensor("float64", [labels.length, classes], probabilities),
      labels: tensor("int32", [labels.length], labels),
      mass: tensor("float64", [labels.length], mass),
      ...others,
    },
  };
}

/** The answers in a dataset, and what is known of them; fails when it holds none. */
export function answersOf(
  { about, tensors }: Dataset,
): Effect.Effect<{ readonly answers: Answers; readonly about: AnswersAbout }, DataError> {
  const { probabilities, labels, mass } = tensors;
  if (
    !(probabilities?.data instanceof Float64Array) || !(labels?.data instanceof Int32Array) ||
    !(mass?.data instanceof Float64Array)
  ) {
    return Effect.fail(
      new DataError({
        message: `The dataset ${about.name} should hold answers: probabilities, labels, mass.`,
      }),
    );
  }
  return Effect.succeed({
    answers: {
      classes: probabilities.shape[1]!,
      probabilities: probabilities.data,
      labels: labels.data,
      mass: mass.data,
    },
    about: {
      name: about.name,
      model: String(about.model),
      shots: Number(about.shots),
      classes: about.classes as readonly string[],
    },
  });
}
