import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { bbc } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads headlines of BBC News by desk. */
export const loadBbcHeadlines = task({
  name: "load-bbc-headlines",
  about: "Loads headlines of BBC News by desk.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [bbc.capability],
  run: ({ params }) => loadTexts(bbc, params),
});
