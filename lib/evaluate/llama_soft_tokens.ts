/**
 * How soft tokens fare against SmolLM2's labels of texts.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { attackLlama, type LlamaSoftTokens } from "../attack/language/llama_soft_tokens.ts";
import { wrongLabel } from "../attack/language/injection.ts";
import type { Running } from "../dag/running.ts";
import { dataFolder, readDataFile } from "../data/folder.ts";
import { decoding } from "../data/formats/format_error.ts";
import { decodeGguf } from "../data/formats/gguf.ts";
import { textsOf } from "../data/texts/labelled.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { labelTokens } from "../language/icl/answers.ts";
import { promptFor, type Template } from "../language/icl/templates.ts";
import { promptsOf } from "../language/prompts.ts";
import { useLanguageModel } from "../language/use.ts";
import { readLlama } from "../nn/llama.ts";
import { mean } from "../stats/mean.ts";

/** The longest prompt, in tokens. */
const CONTEXT = 512;

/**
 * Puts soft tokens behind texts that SmolLM2 labels rightly, so that it labels them as the next class.
 *
 * Needs TensorFlow to be loaded, and a task that `uses` `llama` and `smollm2`. llama.cpp cuts texts into tokens and says
 * which labels are right; the gradients are those of the same weights in TensorFlow.
 *
 * @returns For each text the `curve` of the probability of the attacker's label; the share on which it ends above one half,
 * `success`; and the mean probability at the `start` and at the `end`.
 */
export const measureLlamaSoftTokens = Effect.fnUntraced(function* (
  template: Template,
  demonstrations: Dataset,
  questions: Dataset,
  attack: LlamaSoftTokens,
): Effect.fn.Return<Metrics, unknown, Running> {
  const shown = yield* textsOf(demonstrations);
  const asked = yield* textsOf(questions);
  const { choices, name, prompts } = yield* Effect.scoped(Effect.gen(function* () {
    const model = yield* useLanguageModel("smollm2", CONTEXT);
    const choices = yield* labelTokens(model, template, asked.classes);
    const found = [];
    for (const { text, label } of asked.examples) {
      if (found.length === attack.count) break;
      const whole = promptFor(template, shown.examples, text);
      const [prompt] = promptsOf(model, [whole]);
      const { posterior } = yield* model.choose(prompt!, choices);
      if (posterior.indexOf(Math.max(...posterior)) !== label) continue;
      // The vectors come right behind the text, before the line that asks for the label.
      const ending = whole.slice(whole.lastIndexOf("\n"));
      const before = [...model.beginning, ...model.tokens(whole.slice(0, -ending.length))];
      found.push({ before, after: [...model.tokens(ending)], label, text });
    }
    return { choices, name: model.name, prompts: found };
  }));
  const folder = yield* dataFolder("smollm2");
  const bytes = yield* readDataFile(folder, folder.files.find((file) => file.endsWith(".gguf"))!);
  const llama = yield* decoding(() => readLlama(decodeGguf(bytes)));
  const curves = yield* Effect.forEach(
    prompts,
    ({ before, after, label }) =>
      attackLlama(llama, { before, after, choices, target: wrongLabel(label, choices.length) }, attack),
  );
  return {
    model: name,
    data: questions.about.name,
    texts: prompts.map(({ text }, row) => ({ text, curve: curves[row]! })),
    success: mean(curves.map((curve) => Number(curve.at(-1)! > 0.5))),
    start: mean(curves.map((curve) => curve[0]!)),
    end: mean(curves.map((curve) => curve.at(-1)!)),
  };
});
