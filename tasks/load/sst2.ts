import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { sst2 } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads sentences of movie reviews by sentiment, from the user's SST-2. */
export const loadSst2 = task({
  name: "load-sst2",
  about: "Loads sentences of movie reviews by sentiment, from the user's SST-2.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [sst2.capability],
  run: ({ params }) => loadTexts(sst2, params),
});
