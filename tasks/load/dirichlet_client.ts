import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { takeRows } from "../../lib/data/choice.ts";
import { imagesOf, labelsOf } from "../../lib/data/labelled.ts";
import { task } from "../../lib/dag/task.ts";
import { partOf } from "../../lib/federated/dirichlet.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { tensor } from "../../lib/tensor/array.ts";

const Shares = Schema.Struct({ shares: Schema.Array(Schema.Array(Schema.Finite)) });

/** Takes one client's images out of a data set, by the shares of its classes. The first `skip` images are no client's. */
export const dirichletClient = task({
  name: "dirichlet-client",
  about: "Takes one client's images out of a data set.",
  params: Schema.Struct({
    client: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
    skip: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  }),
  inputs: { shares: Metrics, data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params: { client, skip }, inputs }) =>
    Effect.gen(function* () {
      const { shares } = yield* Schema.decodeUnknownEffect(Shares)(inputs.shares);
      const { height, width, channels, data } = yield* imagesOf(inputs.data);
      const labels = yield* labelsOf(inputs.data);
      const places = labels.classes.flatMap((_, label) => {
        const all = [...labels.data.keys()].filter((at) => at >= skip && labels.data[at] === label);
        return all.slice(...partOf(shares[label]!, client, all.length));
      });
      const chosen = Int32Array.from(places);
      const row = height * width * channels;
      const { name, split } = inputs.data.about;
      return {
        about: { name: `${name}, client ${client}`, split, classes: labels.classes },
        tensors: {
          images: tensor("uint8", [chosen.length, height, width, channels], takeRows(data, row, chosen)),
          labels: tensor("int32", [chosen.length], chosen.map((at) => labels.data[at]!)),
        },
      };
    }),
});
