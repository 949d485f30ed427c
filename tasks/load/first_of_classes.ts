/**
 * A few examples of a few classes.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { firstOfEach } from "../../lib/data/first_of_each.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** Takes the first `each` examples of the first `classes` classes. */
export const firstOfClasses = task({
  name: "first-of-classes",
  about: "Takes the first examples of the first classes.",
  params: Schema.Struct({ classes: Count, each: Count }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params, inputs: { data } }) => Effect.suspend(() => firstOfEach(data, params)),
});
