import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { DataError, dataFolder, readDataFile } from "../../lib/data/folder.ts";
import { permutation } from "../../lib/data/random.ts";
import { rolesOf } from "../../lib/data/roles.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/**
 * Takes Shakespeare's plays apart and draws some of the roles that say enough: `roles`, each with `play`, `name` and
 * `text`, its speeches in their order. A role speaks at least five times, as in LEAF (Caldas et al. 2018).
 */
export const shakespeareRoles = task({
  name: "shakespeare-roles",
  about: "Draws roles of Shakespeare's plays.",
  params: Schema.Struct({ roles: Count, characters: Count, seed: Schema.Int }),
  inputs: {},
  output: Metrics,
  uses: ["shakespeare"],
  run: ({ params: { roles, characters, seed } }) =>
    Effect.gen(function* () {
      const folder = yield* dataFolder("shakespeare");
      const plays = yield* Effect.forEach(folder.files, (file) =>
        Effect.map(readDataFile(folder, file), (bytes) =>
          rolesOf(
            file.replace("_gut.txt", "").replaceAll("_", " "),
            new TextDecoder("latin1").decode(bytes),
          )));
      const able = plays.flat()
        .map(({ play, name, speeches }) => ({ play, name, times: speeches.length, text: speeches.join(" ") }))
        .filter(({ times, text }) =>
          times >= 5 && text.length >= characters
        );
      if (able.length < roles) {
        return yield* new DataError({
          message:
            `${folder.name} has ${able.length} roles with ${characters} characters or more; ${roles} ` +
            "were asked for.",
        });
      }
      const order = permutation({ seed, stream: "shakespeare/roles" }, able.length).subarray(0, roles);
      return {
        name: folder.name,
        roles: [...order].map((at) => {
          const { play, name, text } = able[at]!;
          return { play, name, text };
        }),
      };
    }),
});
