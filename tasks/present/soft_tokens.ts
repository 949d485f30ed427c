import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { type SoftTokenCurve, softTokensFigure } from "../../lib/report/figure_soft_tokens.ts";

/** Draws how soft tokens come on, step by step. */
export const drawSoftTokens = task({
  name: "draw-soft-tokens",
  about: "Draws how soft tokens come on, step by step.",
  params: Schema.Struct({}),
  inputs: { attacks: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs: { attacks } }) =>
    Effect.promise(async () =>
      softTokensFigure(await takePen(), attacks as unknown as readonly SoftTokenCurve[])
    ),
});
