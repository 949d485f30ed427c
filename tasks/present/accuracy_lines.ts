import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { linesFigure } from "../../lib/report/figure_lines.ts";
import { LineThrough } from "../../lib/shift/line_through.ts";

/**
 * Draws accuracy under a shift against accuracy without, and the lines through the models of each noise rate: those of
 * `clean` labels at the left, of `noisy` ones at the right. `noise` names the noise of each of `noisy`.
 */
export const drawAccuracyLines = task({
  name: "draw-accuracy-lines",
  about: "Draws the line and the wrong line side by side, one dot a model.",
  params: Schema.Struct({
    question: Schema.String,
    id: Schema.String,
    ood: Schema.String,
    dots: Schema.String,
    noise: Schema.Array(Schema.String),
  }),
  inputs: { clean: Metrics, noisy: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { noise, ...words }, inputs: { clean, noisy } }) =>
    Effect.gen(function* () {
      const decode = Schema.decodeUnknownEffect(LineThrough);
      const models = yield* Effect.forEach(noisy, (metrics, index) =>
        Effect.map(decode(metrics), (found) => ({ noise: noise[index] ?? "noisy", found })));
      return linesFigure(yield* Effect.promise(takePen), words, {
        clean: [{ noise: "0", found: yield* decode(clean) }],
        noisy: models,
      });
    }),
});
