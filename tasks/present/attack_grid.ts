import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { robustnessIn } from "../../lib/evaluate/attack_success.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { attackGridFigure } from "../../lib/report/figure_attack_grid.ts";

/** Draws the success of attacks by compute and by the attacker's resource. */
export const drawAttackGrid = task({
  name: "draw-attack-grid",
  about: "Draws the success of attacks by compute and by the attacker's resource.",
  params: Schema.Struct({
    title: Schema.String,
    expected: Schema.String,
    attacks: Schema.Array(Schema.String).check(Schema.isMinLength(1)),
    by: Schema.Literals(["strength", "attack"]),
    label: Schema.String,
  }),
  inputs: { seeds: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params, inputs: { seeds } }) =>
    Effect.promise(async () => attackGridFigure(await takePen(), seeds.map(robustnessIn), params)),
});
