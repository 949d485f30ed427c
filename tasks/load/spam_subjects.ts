import { task } from "../../lib/dag/task.ts";
import { loadTexts, TextChoice } from "../../lib/data/texts/source.ts";
import { spam } from "../../lib/data/texts/sources.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads subjects of e-mails, wanted or not. */
export const loadSpamSubjects = task({
  name: "load-spam-subjects",
  about: "Loads subjects of e-mails, wanted or not.",
  params: TextChoice,
  inputs: {},
  output: Dataset,
  uses: [spam.capability],
  run: ({ params }) => loadTexts(spam, params),
});
