import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { robustnessIn } from "../../lib/evaluate/attack_success.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { computeFigure } from "../../lib/report/figure_compute.ts";

/** Draws right answers and successful attacks by compute. */
export const drawAccuracyByCompute = task({
  name: "draw-accuracy-by-compute",
  about: "Draws right answers and successful attacks by compute.",
  params: Schema.Struct({ attack: Schema.String }),
  inputs: { seeds: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { attack }, inputs: { seeds } }) =>
    Effect.promise(async () => computeFigure(await takePen(), seeds.map(robustnessIn), attack)),
});
