import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { agNews } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads news articles of four kinds, from the user's AG News. */
export const loadAgNews = task({
  name: "load-ag-news",
  about: "Loads news articles of four kinds, from the user's AG News.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [agNews.capability],
  run: ({ params }) => loadTexts(agNews, params),
});
