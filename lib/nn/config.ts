/**
 * What the schemas of the networks' configurations share.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** How many there are of something: a whole number of at least 1. */
export const Count: Schema.Int = Schema.Int.check(Schema.isGreaterThan(0));

/** Refuses a configuration in which one size does not divide another, such as the heads and the width. */
export function divides<Part extends string, Whole extends string>(
  part: Part,
  whole: Whole,
): ReturnType<typeof Schema.makeFilter<Readonly<Record<Part | Whole, number>>>> {
  return Schema.makeFilter((config: Readonly<Record<Part | Whole, number>>) =>
    config[whole] % config[part] === 0 ? undefined : {
      path: [part],
      issue: `must divide the ${whole}, ${config[whole]}`,
    }
  );
}
