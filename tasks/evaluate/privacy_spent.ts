import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { privacySpent as spent } from "../../lib/train/private/spent.ts";

/** Tells the privacy that a training spent, from what its checkpoint says ran: `private`, and ε where it is. */
export const privacySpent = task({
  name: "privacy-spent",
  about: "Tells the privacy that a training spent.",
  params: Schema.Struct({ delta: Schema.optionalKey(Schema.Finite) }),
  inputs: { model: Checkpoint },
  output: Metrics,
  light: true,
  run: ({ params: { delta }, inputs: { model } }) =>
    Effect.try({ try: () => spent(model.about.ran, delta), catch: (error) => error }),
});
