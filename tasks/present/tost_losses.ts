import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { lossesFigure } from "../../lib/report/figure_losses.ts";

/** Draws the training losses of ToST and of its softmax twin, as classifiers and as language models. */
export const drawTostLosses = task({
  name: "draw-tost-losses",
  about: "Draws the training losses of ToST and its softmax twin.",
  params: Schema.Struct({}),
  inputs: {
    tost: many(Checkpoint),
    softmax: many(Checkpoint),
    tostLanguage: many(Checkpoint),
    softmaxLanguage: many(Checkpoint),
    entropies: Metrics,
  },
  output: Figure,
  light: true,
  run: ({ inputs }) =>
    Effect.gen(function* () {
      const { tost, softmax, tostLanguage, softmaxLanguage, entropies } = inputs;
      return lossesFigure(yield* Effect.promise(takePen), [
        { name: "Classifying images", losses: { tost: tost.map(losses), softmax: softmax.map(losses) } },
        {
          name: "Predicting characters",
          losses: { tost: tostLanguage.map(losses), softmax: softmaxLanguage.map(losses) },
          reference: { name: "bigram entropy", loss: numberAt(entropies, "bigram") },
        },
      ]);
    }),
});

function losses({ tensors }: Checkpoint): readonly number[] {
  return Array.from(tensors.loss!.data as Float32Array);
}
