import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { cb } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads pairs of texts by commitment, from the user's CB. */
export const loadCb = task({
  name: "load-cb",
  about: "Loads pairs of texts by commitment, from the user's CB.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [cb.capability],
  run: ({ params }) => loadTexts(cb, params),
});
