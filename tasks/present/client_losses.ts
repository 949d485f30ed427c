import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { clientLossesFigure } from "../../lib/report/figure_client_losses.ts";

const Losses = Schema.Array(Schema.Struct({ losses: Schema.Array(Schema.Finite) }));

/** Draws the loss of every client under Scaff-PD and under FedAvg, of one federation for each name. */
export const drawClientLosses = task({
  name: "draw-client-losses",
  about: "Draws the loss of every client under Scaff-PD and under FedAvg.",
  params: Schema.Struct({ names: Schema.Array(Schema.String).check(Schema.isMinLength(1)) }),
  inputs: { scaffPd: many(Metrics), fedAvg: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { names }, inputs }) =>
    Effect.gen(function* () {
      const robust = yield* Schema.decodeUnknownEffect(Losses)(inputs.scaffPd);
      const average = yield* Schema.decodeUnknownEffect(Losses)(inputs.fedAvg);
      return clientLossesFigure(
        yield* Effect.promise(takePen),
        names.map((name, at) => ({
          name,
          losses: { "Scaff-PD": robust[at]!.losses, FedAvg: average[at]!.losses },
        })),
      );
    }),
});
