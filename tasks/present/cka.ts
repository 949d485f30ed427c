import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { ckaFigure } from "../../lib/report/figure_cka.ts";

const Measured = Schema.Array(Schema.Struct({
  cka: Schema.Array(Schema.Array(Schema.Finite)),
  beyond: Schema.Finite,
}));

/**
 * Draws how alike the layers of encoders and decoders are. The metrics are those of the first network, one for each seed,
 * then those of the next, and so on.
 */
export const drawCka = task({
  name: "draw-cka",
  about: "Draws how alike layers of encoders and decoders are.",
  params: Schema.Struct({
    seeds: Schema.Int.check(Schema.isGreaterThan(0)),
    names: Schema.Array(Schema.String),
  }),
  inputs: { layers: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { seeds, names }, inputs }) =>
    Effect.gen(function* () {
      const layers = yield* Schema.decodeUnknownEffect(Measured)(inputs.layers);
      return ckaFigure(names.map((name, index) => {
        const own = layers.slice(index * seeds, (index + 1) * seeds);
        return { name, cka: own[0]!.cka, beyond: own.map(({ beyond }) => beyond) };
      }));
    }),
});
