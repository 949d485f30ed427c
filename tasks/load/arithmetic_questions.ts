import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { drawQuestions } from "../../lib/attack/language/dataset.ts";
import { task } from "../../lib/dag/task.ts";
import { Layout } from "../../lib/data/arithmetic.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Draws sums of two-digit numbers to ask for, with nothing in their channels. */
export const loadArithmeticQuestions = task({
  name: "arithmetic-questions",
  about: "Draws sums of two-digit numbers to ask for.",
  params: Schema.Struct({ layout: Layout, count: Count, seed: Schema.Int }),
  inputs: {},
  output: Dataset,
  light: true,
  run: ({ params: { layout, ...draw } }) => Effect.succeed(drawQuestions(draw, layout)),
});
