import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { fairnessFigure, publishedFairness } from "../../lib/report/figure_fairness.ts";

const Accuracies = Schema.Array(
  Schema.Struct({ last: Schema.Struct({ mean: Schema.Finite, worst: Schema.Finite }) }),
);

/**
 * Draws accuracies on average and of the worst clients, beside the paper's. The metrics are, for each data set and each
 * method in order, as many as there are seeds.
 */
export const drawFairness = task({
  name: "draw-fairness",
  about: "Draws accuracies on average and of the worst clients, beside the paper's.",
  params: Schema.Struct({
    data: Schema.Array(Schema.String).check(Schema.isMinLength(1)),
    methods: Schema.Array(Schema.String).check(Schema.isMinLength(1)),
  }),
  inputs: { accuracies: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { data, methods }, inputs }) =>
    Effect.gen(function* () {
      const all = yield* Schema.decodeUnknownEffect(Accuracies)(inputs.accuracies);
      const seeds = all.length / data.length / methods.length;
      const percent = (dataAt: number, methodAt: number, which: "mean" | "worst") => {
        const from = (dataAt * methods.length + methodAt) * seeds;
        return all.slice(from, from + seeds).map(({ last }) => 100 * last[which]);
      };
      return fairnessFigure(yield* Effect.promise(takePen), [
        publishedFairness,
        ...data.map((name, dataAt) => ({
          name: `Here: ${name}`,
          methods: methods.map((method, methodAt) => ({
            name: method,
            mean: percent(dataAt, methodAt, "mean"),
            worst: percent(dataAt, methodAt, "worst"),
          })),
        })),
      ]);
    }),
});
