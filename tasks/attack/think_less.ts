import * as Schema from "effect/Schema";
import { thinkLess } from "../../lib/attack/language/content.ts";
import { attackQuestions } from "../../lib/attack/language/dataset.ts";
import { Goal } from "../../lib/attack/language/goals.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Shows a question that is answered at once, without thinking, after telling the wanted answer like many-shot. */
export const attackThinkLess = task({
  name: "attack-think-less",
  about: "Shows a question that is answered without thinking, so that the model does so too.",
  params: Schema.Struct({ goal: Goal, shots: Count }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params: { goal, shots }, inputs: { data } }) =>
    attackQuestions(
      data,
      { attack: "think-less", goal, strength: shots },
      (sum, target) => thinkLess(sum, target, shots),
    ),
});
