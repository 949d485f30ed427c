import * as Effect from "effect/Effect";
import type { Json } from "../../lib/dag/canonical.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { featuresIn, sortedByClass } from "../../lib/mcr2/features.ts";
import { RateConstants } from "../../lib/mcr2/loss.ts";
import { problemOf } from "../../lib/mcr2/problem.ts";
import { describe } from "../../lib/mcr2/report.ts";

/**
 * Describes features beside what the theory says of them: F and F*, ranks, spectra, angles. Of features from an ascent also
 * its `steps`, and `largestRatio`, the largest F / F* on its way.
 */
export const featureGeometry = task({
  name: "feature-geometry",
  about: "Measures the spectra and angles of features, and F beside its optimum.",
  params: RateConstants,
  inputs: { features: Dataset },
  output: Metrics,
  resources: { cores: 1, memory: 400 },
  run: ({ params: { epsilonSquared, lambda }, inputs }) =>
    Effect.gen(function* () {
      const { features, counts } = sortedByClass(yield* featuresIn(inputs.features));
      const problem = yield* Effect.try({
        try: () =>
          problemOf({ dimension: features.columns, counts, epsilon: Math.sqrt(epsilonSquared), lambda }),
        catch: (error) => error,
      });
      const described = describe(problem, features);
      const values = inputs.features.tensors.values?.data as Float64Array | undefined;
      const climb = values === undefined ? {} : {
        steps: values.length - 1,
        largestRatio: values.reduce((most, value) => Math.max(most, value)) / described.globalValue,
      };
      return { ...described, ...climb } as unknown as Readonly<Record<string, Json>>;
    }),
});
