import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { privacyReferenceFigure } from "../../lib/report/figure_privacy_reference.ts";

const Runs = Schema.Array(
  Schema.Struct({
    rate: Schema.Finite,
    noise: Schema.Finite,
    steps: Schema.Int,
    delta: Schema.Finite,
    foundRenyi: Schema.Finite,
    foundLosses: Schema.Finite,
    tan: Schema.Finite,
  }),
);

/** Draws what the accountants say of the runs of the reference. */
export const drawPrivacyReference = task({
  name: "draw-privacy-reference",
  about: "Draws what accountants say of known runs.",
  params: Schema.Struct({}),
  inputs: { reference: Metrics },
  output: Figure,
  light: true,
  run: ({ inputs: { reference } }) =>
    Effect.gen(function* () {
      const runs = yield* Schema.decodeUnknownEffect(Runs)(reference.runs);
      return privacyReferenceFigure(yield* Effect.promise(takePen), runs);
    }),
});
