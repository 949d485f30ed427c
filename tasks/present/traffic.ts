import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { trafficFigure } from "../../lib/report/figure_traffic.ts";

const Numbers = Schema.Array(Schema.Finite);
const Curves = Schema.Array(Schema.Struct({ rounds: Numbers, bytes: Numbers, worst: Numbers }));

/**
 * Draws the accuracy of the worst clients against rounds and against bytes. The metrics are, for each method in order, as
 * many as there are seeds.
 */
export const drawTraffic = task({
  name: "draw-traffic",
  about: "Draws the accuracy of the worst clients against rounds and against bytes.",
  params: Schema.Struct({
    data: Schema.String,
    methods: Schema.Array(Schema.String).check(Schema.isMinLength(1)),
  }),
  inputs: { accuracies: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { data, methods }, inputs }) =>
    Effect.gen(function* () {
      const all = yield* Schema.decodeUnknownEffect(Curves)(inputs.accuracies);
      const seeds = all.length / methods.length;
      return trafficFigure(
        yield* Effect.promise(takePen),
        data,
        methods.map((name, at) => {
          const own = all.slice(at * seeds, (at + 1) * seeds);
          const { rounds, bytes } = own[0]!;
          return { name, rounds, bytes, worst: own.map(({ worst }) => worst.map((share) => 100 * share)) };
        }),
      );
    }),
});
