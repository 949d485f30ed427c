import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { featuresIn, sortedByClass } from "../../lib/mcr2/features.ts";
import { cosines, crossCosine } from "../../lib/mcr2/geometry.ts";
import { cosinesFigure } from "../../lib/report/figure_cosines.ts";

/** Draws |cos| between all pairs of tokens, one picture for each set of features. */
export const drawCosines = task({
  name: "draw-cosines",
  about: "Draws the angles between all pairs of features.",
  params: Schema.Struct({
    /** What each picture shows. */
    names: Schema.Array(Schema.String),
  }),
  inputs: { features: many(Dataset) },
  output: Figure,
  resources: { cores: 1, memory: 400 },
  run: ({ params: { names }, inputs }) =>
    Effect.gen(function* () {
      const sets = yield* Effect.forEach(inputs.features, featuresIn);
      return cosinesFigure(sets.map((set, index) => {
        const { features, counts } = sortedByClass(set);
        return {
          name: names[index] ?? "",
          cosines: cosines(features),
          cross: crossCosine(features, counts),
        };
      }));
    }),
});
