/**
 * What a preset of DP-Cap trains, and how large that is: for its plan.
 *
 * @module
 */
import { autoencoderSpecs } from "../lib/nn/masked_autoencoder.ts";
import { captionerSpecs } from "../lib/nn/captioner.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { under } from "../lib/tensor/tensors.ts";
import type { DpCapPreset } from "./dp_cap_presets.ts";
import { runsOf } from "./dp_cap_runs.ts";

/** A line for each network, and one for the noise of each ε. */
export function sizesOf(preset: DpCapPreset): readonly string[] {
  const { net, peer, recipe, data } = preset;
  const captioner = captionerSpecs(net);
  const count = (number: number) => number.toLocaleString("en");
  const { eight, two } = runsOf(preset);
  return [
    `captioner: ${count(countParameters(captioner))} parameters, ` +
    `${count(countParameters(under(captioner, "encoder.")))} of them in the encoder`,
    `masked autoencoder with the same encoder: ${count(countParameters(autoencoderSpecs(peer)))} parameters`,
    `${count(recipe.steps)} steps of ${count(recipe.batch)} of ${count(data.train)} examples, expected: ` +
    `σ = ${eight.noise} for ε = 8 and ${two.noise} for ε = 2 at δ = 1/N`,
  ];
}
