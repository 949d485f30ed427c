/**
 * Makes ListOps.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { drawExpression, listopsSymbols, symbolsOf, valueOf } from "../../lib/data/listops.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/**
 * Draws nested lists of digits with what they come to: `tokens` int32 `[n, longest]`, filled up at the end with symbol 0,
 * and `labels` int32 `[n]`.
 */
export const loadListops = task({
  name: "load-listops",
  about: "Draws nested lists of digits, with what they come to.",
  params: Schema.Struct({
    split: Schema.Literals(["train", "test"]),
    count: Count,
    shortest: Count,
    longest: Count,
    depth: Count,
    operands: Schema.Int.check(Schema.isGreaterThan(1)),
  }).check(Schema.makeFilter(({ shortest, longest, depth, operands }) => {
    const most = longestOf(depth, operands);
    if (shortest <= longest && shortest <= most) return undefined;
    return {
      path: ["shortest"],
      issue: `Expected at most longest, ${longest}, and what the depth and the operands allow, ${most}`,
    };
  })),
  inputs: {},
  output: Dataset,
  run: ({ params: { split, count, ...size } }) =>
    Effect.sync(() => {
      const tokens = new Int32Array(count * size.longest);
      const labels = new Int32Array(count);
      for (let example = 0; example < count; example++) {
        const drawn = drawExpression(size, { seed: 0, stream: `listops/${split}`, step: example });
        tokens.set(symbolsOf(drawn), example * size.longest);
        labels[example] = valueOf(drawn);
      }
      return {
        about: {
          name: "ListOps",
          split,
          classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
          vocabulary: listopsSymbols,
        },
        tensors: {
          tokens: tensor("int32", [count, size.longest], tokens),
          labels: tensor("int32", [count], labels),
        },
      };
    }),
});

/** Symbols of the longest expression of a depth: every entry a list, down to the last level. */
function longestOf(depth: number, operands: number): number {
  return depth === 0 ? 1 : 2 + operands * longestOf(depth - 1, operands);
}
