import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { boolq } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads passages with questions that they answer with yes or no. */
export const loadBoolq = task({
  name: "load-boolq",
  about: "Loads passages with questions that they answer with yes or no.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [boolq.capability],
  run: ({ params }) => loadTexts(boolq, params),
});
