import * as Schema from "effect/Schema";
import { manyShot } from "../../lib/attack/language/content.ts";
import { attackQuestions } from "../../lib/attack/language/dataset.ts";
import { Goal } from "../../lib/attack/language/goals.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Tells the answer that the attacker wants in the channel, so many times. */
export const attackManyShot = task({
  name: "attack-many-shot",
  about: "Tells the answer that the attacker wants in the channel, many times.",
  params: Schema.Struct({ goal: Goal, shots: Count }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params: { goal, shots }, inputs: { data } }) =>
    attackQuestions(
      data,
      { attack: "many-shot", goal, strength: shots },
      (sum, target) => manyShot(sum, target, shots),
    ),
});
