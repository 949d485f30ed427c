import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { compareRecurrence } from "../../lib/evaluate/recurrence.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Compares the recurrent form of the ToST language model with its parallel form: `difference`, relative. */
export const tostRecurrence = task({
  name: "tost-recurrence",
  about: "Reads a text token by token and all at once, and compares.",
  params: Schema.Struct({}),
  inputs: { model: Checkpoint, text: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ inputs: { model, text } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* compareRecurrence(model, text);
    }),
});
