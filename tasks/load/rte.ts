import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { rte } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads pairs of texts by entailment, from the user's RTE. */
export const loadRte = task({
  name: "load-rte",
  about: "Loads pairs of texts by entailment, from the user's RTE.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [rte.capability],
  run: ({ params }) => loadTexts(rte, params),
});
