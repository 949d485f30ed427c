/**
 * Loads Shakespeare's works.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { corpusParams, loadCorpus } from "../../lib/data/corpus.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads 42 plays and poems in Project Gutenberg's spelling, character by character: `tokens` int32 `[n]`. */
export const loadShakespeare = task({
  name: "load-shakespeare",
  about: "Loads Shakespeare's works, character by character.",
  params: corpusParams,
  inputs: {},
  output: Dataset,
  uses: ["shakespeare"],
  run: ({ params }) =>
    loadCorpus({ capability: "shakespeare", ending: "_gut.txt", encoding: "latin1" }, params),
});
