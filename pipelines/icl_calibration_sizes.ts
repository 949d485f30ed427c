/**
 * The sizes of a preset, for its plan.
 *
 * @module
 */
import { languageConfig } from "../lib/language/toy/learner.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { softmaxLanguage } from "../lib/nn/softmax_language.ts";
import type { IclPreset } from "./icl_calibration_presets.ts";

const models = {
  smollm2: "SmolLM2-135M-Instruct",
  gemma3: "Gemma 3 270M",
  gguf: "the model that ASSAY_GGUF names",
} as const;

/** What is trained, and how much each language model reads, a line each. */
export function sizesOf(preset: IclPreset, seeds: readonly number[]): readonly string[] {
  const { toy, shots, texts, main, base, topics, more } = preset;
  const parameters = countParameters(softmaxLanguage.specs(languageConfig(toy.family, toy.size)));
  const draws = shots.reduce((sum, count) => sum + (count === 0 ? 1 : seeds.length), 0);
  return [
    `toy learner: ${parameters.toLocaleString("en")} parameters, ${
      toy.recipe.steps.toLocaleString("en")
    } steps of ` +
    `${toy.recipe.batch} sequences of ${toy.size.shots + 1} items`,
    ...[main, base, topics, ...more].flatMap((setting) =>
      setting === undefined || setting.model === "toy" ? [] : [
        `${models[setting.model]}: ${draws} draws of up to ${shots.at(-1)} demonstrations, each before ` +
        `${texts.test} + ${texts.calibration} texts of ${setting.data}`,
      ]
    ),
  ];
}
