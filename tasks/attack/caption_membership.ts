import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { membershipMetrics } from "../../lib/attack/membership.ts";
import { task } from "../../lib/dag/task.ts";
import { lossesOfCaptions } from "../../lib/evaluate/captions.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { Count } from "../../lib/nn/config.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Tells examples that a captioner was trained on from others, by their losses alone (Yeom and others 2018). */
export const attackCaptionMembership = task({
  name: "attack-caption-membership",
  about: "Guesses by its loss whether a captioner was trained on an example.",
  params: Schema.Struct({ count: Count, delta: Schema.Finite }),
  inputs: { model: Checkpoint, members: Dataset, others: Dataset },
  output: Metrics,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 900 },
  run: ({ params: { count, delta }, inputs: { model, members, others } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      const scores = Effect.fnUntraced(function* (data: Dataset) {
        return Array.from(yield* lossesOfCaptions(model, data, count), (loss) => -loss);
      });
      return membershipMetrics({ members: yield* scores(members), others: yield* scores(others) }, delta);
    }),
});
