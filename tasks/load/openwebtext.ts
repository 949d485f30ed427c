/**
 * Loads OpenWebText.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { OpenWebTextChoice, readOpenWebText } from "../../lib/data/openwebtext.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads the first tokens of pages that people linked to, from the user's own copy: `tokens` int32 `[count]`. */
export const loadOpenWebText = task({
  name: "load-openwebtext",
  about: "Loads the beginning of OpenWebText, in GPT-2's tokens.",
  params: OpenWebTextChoice,
  inputs: {},
  output: Dataset,
  uses: ["openwebtext"],
  run: ({ params }) => readOpenWebText(params),
});
