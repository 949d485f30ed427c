import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { completionsFigure } from "../../lib/report/figure_completions.ts";

/** Draws images, what was left of them, and what each network made of that. */
export const drawCompletions = task({
  name: "draw-completions",
  about: "Draws how masked autoencoders complete images.",
  params: Schema.Struct({
    /** The networks, in the order of what they completed. */
    names: Schema.Array(Schema.String),
  }),
  inputs: { completed: many(Dataset) },
  output: Figure,
  light: true,
  run: ({ params: { names }, inputs: { completed } }) => {
    const [first] = completed;
    const { images, masked } = first!.tensors;
    const hidden = Math.round(100 * Number(first!.about.hidden));
    return Effect.succeed(completionsFigure(
      `What do the networks make of ${100 - hidden} % of an image?`,
      `The first images of ${
        first!.about.name
      }, ${hidden} % of whose patches are hidden (grey), and what the ` +
        "networks of the first seed put there. Patches that were not hidden are shown as they are.",
      [
        { name: "image", images: images! },
        { name: "what is shown", images: masked! },
        ...names.map((name, index) => ({ name, images: completed[index]!.tensors.completed! })),
      ],
    ));
  },
});
