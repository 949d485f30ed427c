import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { labelsOf } from "../../lib/data/labelled.ts";
import { task } from "../../lib/dag/task.ts";
import { dirichletShares as drawShares } from "../../lib/federated/dirichlet.ts";
import type { FederationError } from "../../lib/federated/errors.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/**
 * Draws what share of each class each client gets, of training and of test images alike: `shares[class][client]`. The
 * first `skip` training images are no client's.
 */
export const dirichletShares = task({
  name: "dirichlet-shares",
  about: "Draws what share of each class each client gets.",
  params: Schema.Struct({
    alpha: Schema.Finite.check(Schema.isGreaterThan(0)),
    clients: Count,
    least: Count,
    skip: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
    seed: Schema.Int,
  }),
  inputs: { train: Dataset, test: Dataset },
  output: Metrics,
  light: true,
  run: ({ params: { skip, ...dealing }, inputs }) =>
    Effect.gen(function* () {
      const train = yield* labelsOf(inputs.train);
      const test = yield* labelsOf(inputs.test);
      const counts = [train.data.subarray(skip), test.data].map((labels) =>
        train.classes.map((_, label) => labels.filter((other) => other === label).length)
      );
      return yield* Effect.try({
        try: () => ({ shares: drawShares(dealing, counts) }),
        catch: (error) => error as FederationError,
      });
    }),
});
