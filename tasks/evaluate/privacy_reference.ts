import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { compareWithReference } from "../../lib/stats/privacy/reference.ts";

/** Compares both accountants with a reference: `renyi` and `losses`, the greatest differences of an ε. */
export const privacyReference = task({
  name: "privacy-reference",
  about: "Compares the accountants with a reference.",
  params: Schema.Struct({}),
  inputs: {},
  output: Metrics,
  run: () => Effect.sync(compareWithReference),
});
