import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { numberAt } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { climbsFigure } from "../../lib/report/figure_climbs.ts";

/**
 * Draws F over the steps of ascents. The ascents are those of the first problem from each start, then those of the second,
 * and so on; `geometry` describes where each ended.
 */
export const drawRateClimbs = task({
  name: "draw-rate-climbs",
  about: "Draws F over the steps of ascents.",
  params: Schema.Struct({
    /** The problems in words. */
    names: Schema.Array(Schema.String).check(Schema.isMinLength(1)),
  }),
  inputs: { ascents: many(Dataset), geometry: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { names }, inputs: { ascents, geometry } }) =>
    Effect.gen(function* () {
      const starts = ascents.length / names.length;
      const valuesOf = ({ tensors }: Dataset) => Array.from(tensors.values!.data as Float64Array);
      return climbsFigure(
        yield* Effect.promise(takePen),
        names.map((name, index) => ({
          name,
          values: ascents.slice(index * starts, (index + 1) * starts).map(valuesOf),
          globalValue: numberAt(geometry[index * starts]!, "globalValue"),
        })),
      );
    }),
});
