import * as Schema from "effect/Schema";
import { injectLabels } from "../../lib/attack/language/injection.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { templateNames, templates } from "../../lib/language/icl/templates.ts";
import { Count } from "../../lib/nn/config.ts";

/** Puts sentences behind each text that claim another label for it. */
export const attackLabelInjection = task({
  name: "attack-label-injection",
  about: "Puts sentences behind each text that claim another label for it.",
  params: Schema.Struct({ template: Schema.Literals(templateNames), copies: Count }),
  inputs: { data: Dataset },
  output: Dataset,
  light: true,
  run: ({ params: { template, copies }, inputs: { data } }) =>
    injectLabels(data, { words: templates[template].words, copies }),
});
