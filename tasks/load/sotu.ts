/**
 * Loads the State of the Union addresses.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { corpusParams, loadCorpus } from "../../lib/data/corpus.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads 233 addresses of presidents of the United States, character by character: `tokens` int32 `[n]`. */
export const loadSotu = task({
  name: "load-sotu",
  about: "Loads the State of the Union addresses, character by character.",
  params: corpusParams,
  inputs: {},
  output: Dataset,
  uses: ["sotu"],
  run: ({ params }) => loadCorpus({ capability: "sotu", ending: ".txt", encoding: "utf-8" }, params),
});
