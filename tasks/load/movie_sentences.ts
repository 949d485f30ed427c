import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { movies } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads sentences of movie reviews by sentiment. */
export const loadMovieSentences = task({
  name: "load-movie-sentences",
  about: "Loads sentences of movie reviews by sentiment.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [movies.capability],
  run: ({ params }) => loadTexts(movies, params),
});
