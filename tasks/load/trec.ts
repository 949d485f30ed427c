import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { trec } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads questions by what they ask for, from the user's TREC-6. */
export const loadTrec = task({
  name: "load-trec",
  about: "Loads questions by what they ask for, from the user's TREC-6.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [trec.capability],
  run: ({ params }) => loadTexts(trec, params),
});
