/**
 * Adversarial demonstrations: true examples, rightly labelled, that mislead.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import type { DataError } from "../data/folder.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { negativeLogLikelihood } from "../stats/calibration/scores.ts";
import type { LanguageModelError } from "../language/model.ts";
import type { NamedModel } from "../language/use.ts";
import { answersOf, askForLabels } from "../language/icl/answers.ts";
import { drawDemonstrations } from "../language/icl/demonstrations.ts";
import { Asking } from "../language/icl/asking.ts";
import { Count } from "../nn/config.ts";
import type { Template } from "../language/icl/templates.ts";

/** How misleading demonstrations are searched. */
export const Search = Schema.Struct({
  ...Asking.fields,
  /** How many are shown. */
  shots: Count,
  /** How many draws are tried. */
  tries: Count,
  /** The seed of the draws. */
  seed: Schema.Int,
});

/** How misleading demonstrations are searched. */
export type Search = typeof Search.Type;

/**
 * Draws demonstrations several times and keeps those after which a model does worst, by the likelihood of the true labels
 * of some questions. The attacker may choose which examples are shown, and neither changes them nor mislabels them.
 *
 * @param pool The examples to choose from.
 * @param questions What a draw is judged by: not the questions that are asked afterwards.
 */
export const misleadingDemonstrations = Effect.fnUntraced(function* (
  model: Pick<NamedModel, "name" | "beginning" | "tokens" | "choose">,
  template: Template,
  pool: Dataset,
  questions: Dataset,
  { tries, shots, seed }: Omit<Search, keyof Asking>,
): Effect.fn.Return<Dataset, LanguageModelError | DataError, Running> {
  let worst: { readonly demonstrations: Dataset; readonly cost: number } | undefined;
  for (let attempt = 0; attempt < tries; attempt++) {
    const demonstrations = yield* drawDemonstrations(pool, {
      shots,
      balanced: false,
      seed: 1000 * (seed + 1) + attempt, // none of these is the seed of a pipeline's own draws
    });
    const { answers } = yield* answersOf(yield* askForLabels(model, template, demonstrations, questions));
    const cost = negativeLogLikelihood(answers);
    if (worst === undefined || cost > worst.cost) worst = { demonstrations, cost };
  }
  const { demonstrations, cost } = worst!;
  return {
    ...demonstrations,
    about: { ...demonstrations.about, corruptions: [{ misleading: { tries, cost } }] },
  };
});
