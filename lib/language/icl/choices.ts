/**
 * The quick way to the labels' probabilities against the slow one.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { DataError } from "../../data/folder.ts";
import { textsOf } from "../../data/texts/labelled.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import type { LanguageModelError } from "../model.ts";
import { promptsOf } from "../prompts.ts";
import type { NamedModel } from "../use.ts";
import { labelTokens } from "./answers.ts";
import { promptFor, type Template } from "./templates.ts";

/**
 * Compares the probabilities of labels by raised logits with the same labels' share of the whole distribution.
 *
 * @returns `difference`, the greatest one, and of how many `questions`.
 */
export const compareChoices = Effect.fnUntraced(function* (
  model: NamedModel,
  template: Template,
  demonstrations: Dataset,
  questions: Dataset,
): Effect.fn.Return<Metrics, LanguageModelError | DataError> {
  const shown = yield* textsOf(demonstrations);
  const asked = yield* textsOf(questions);
  const words = yield* labelTokens(model, template, asked.classes);
  const texts = asked.examples.map(({ text }) => promptFor(template, shown.examples, text));
  let difference = 0;
  for (const prompt of promptsOf(model, texts)) {
    const quick = yield* model.choose(prompt, words);
    const whole = yield* model.distribution(prompt);
    const mass = words.reduce((sum, token) => sum + whole[token]!, 0);
    words.forEach((token, place) => {
      difference = Math.max(difference, Math.abs(quick.posterior[place]! - whole[token]! / mass));
    });
  }
  return { difference, questions: texts.length, model: model.name };
});
