import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { spectraFigure } from "../../lib/report/figure_spectra.ts";

const Geometry = Schema.Struct({
  spectra: Schema.Array(Schema.Array(Schema.Finite)),
  peaks: Schema.Array(Schema.Finite),
  ranks: Schema.Array(Schema.Int),
});

/** Draws the singular values of each class beside σ⁺ of the theory. */
export const drawSpectra = task({
  name: "draw-spectra",
  about: "Draws the singular values of each class.",
  params: Schema.Struct({
    /** Of what they are, after `the`. */
    of: Schema.String,
  }),
  inputs: { geometry: Metrics },
  output: Figure,
  light: true,
  run: ({ params: { of }, inputs: { geometry } }) =>
    Effect.gen(function* () {
      const found = yield* Schema.decodeUnknownEffect(Geometry)(geometry);
      return spectraFigure(yield* Effect.promise(takePen), { of, ...found });
    }),
});
