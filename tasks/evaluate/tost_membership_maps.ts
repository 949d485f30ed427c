import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { mapMemberships } from "../../lib/evaluate/membership_maps.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Maps the memberships of the first `count` images in the last layer of ToST, before and after training. */
export const tostMembershipMaps = task({
  name: "tost-membership-maps",
  about: "Maps to which head each patch of a few images belongs.",
  params: Schema.Struct({ count: Schema.Int.check(Schema.isGreaterThan(0)) }),
  inputs: { untrained: Checkpoint, trained: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params: { count }, inputs: { untrained, trained, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* mapMemberships({ untrained, trained }, data, count);
    }),
});
