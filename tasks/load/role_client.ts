import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Contexts, contextsOf } from "../../lib/federated/contexts.ts";
import { FederationError } from "../../lib/federated/errors.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

const Roles = Schema.Struct({
  roles: Schema.Array(Schema.Struct({ play: Schema.String, name: Schema.String, text: Schema.String })),
});

/** The share of a role's text that it learns from: the beginning, as in LEAF. */
const TRAIN = 0.8;

/** Turns what one role says into examples: the characters before a place, and the one there. */
export const roleClient = task({
  name: "role-client",
  about: "Turns what one role says into examples.",
  params: Schema.Struct({
    client: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
    split: Schema.Literals(["train", "test"]),
    ...Contexts.fields,
  }),
  inputs: { roles: Metrics },
  output: Dataset,
  light: true,
  run: ({ params: { client, split, ...contexts }, inputs }) =>
    Effect.gen(function* () {
      const { roles } = yield* Schema.decodeUnknownEffect(Roles)(inputs.roles);
      const role = roles[client];
      if (role === undefined) {
        return yield* new FederationError({
          message: `There is no role ${client}: ${roles.length} roles were drawn. Ask for more.`,
        });
      }
      const edge = Math.round(TRAIN * role.text.length);
      const text = split === "train" ? role.text.slice(0, edge) : role.text.slice(edge);
      return contextsOf(`${role.name} in ${role.play}`, split, text, contexts);
    }),
});
