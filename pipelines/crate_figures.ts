/**
 * The figures of CRATE.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Figure } from "../lib/kinds/figure.ts";
import { crate } from "../lib/nn/crate.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { vit } from "../lib/nn/vit.ts";
import { colours } from "../lib/report/figure.ts";
import { drawAccuracyBySize } from "../tasks/present/accuracy_by_size.ts";
import { drawCoherence } from "../tasks/present/coherence.ts";
import { drawComparedAccuracies } from "../tasks/present/compared_accuracies.ts";
import { drawLayerCurves } from "../tasks/present/layer_curves.ts";
import { drawTrainingLosses } from "../tasks/present/training_losses.ts";
import type { CrateEvidence } from "./crate_evidence.ts";
import type { CratePreset } from "./crate_presets.ts";

const CRATE = { name: "CRATE", colour: colours.tost };
const VIT = { name: "ViT", colour: colours.softmax };
const NARROW_VIT = { name: "narrow ViT", colour: "#b0912f" };
const GPT2 = { name: "GPT-2", colour: colours.softmax };

/** Draws what the claims rest on. */
export function crateFigures(
  { looked, compared, ablated, writers, entropies }: CrateEvidence,
  { preset }: { readonly preset: CratePreset },
): readonly Node<typeof Figure>[] {
  const { accuracy, nuisance, attack } = preset;
  const seeds = compared.length;
  const layers = {
    trained: looked.map((one) => one.trained),
    untrained: looked.map((one) => one.untrained),
  };
  const conditions = [
    ["clean", "clean"],
    ["noisy", `noise, σ = ${nuisance.sigma}`],
    ["attacked", `PGD-${attack.steps}, ε = ${attack.epsilon}/255`],
  ] as const;
  const variants = [
    ["official", "η = λ = 0.1"],
    ["smallStep", "η = 0.02"],
    ["largeStep", "η = 0.5"],
    ["lessSparse", "λ = 0.02"],
    ["moreSparse", "λ = 0.5"],
    ["tied", "tied output"],
    ["majorisation", "majorisation"],
    ["mislabelled", `${100 * nuisance.labels} % wrong labels`],
  ] as const;
  return [
    drawLayerCurves({
      title: "Do deeper layers compress more?",
      note:
        "Rᶜ of projections scaled to norm 1, as a share of its greatest value: of the tokens after MSSA, which the paper " +
        "names, and of the layer's input, which the authors' program measures.",
      panels: [
        { path: "rate", name: "Rᶜ after MSSA", axis: "share of the greatest rate" },
        { path: "rateOfInput", name: "Rᶜ of the layer's input", axis: "share of the greatest rate" },
      ],
    }, layers),
    drawLayerCurves({
      title: "Do deeper layers make tokens sparser?",
      note: "Of the tokens that a layer ends with, after ISTA.",
      panels: [
        { path: "nonZero", name: "Non-zeros, ‖Z‖₀/(dn)", axis: "share of values" },
        { path: "stableRank", name: "Stable rank, ‖Z‖²F/‖Z‖²₂", axis: "stable rank" },
      ],
    }, layers),
    drawCoherence({}, { untrained: looked[0]!.models.untrained, trained: looked[0]!.models.trained }),
    drawAccuracyBySize({
      seeds,
      networks: [
        { ...CRATE, parameters: countParameters(crate.specs(accuracy.crate)) },
        { ...NARROW_VIT, parameters: countParameters(vit.specs(accuracy.narrowVit)) },
        { ...VIT, parameters: countParameters(vit.specs(accuracy.vit)) },
      ],
    }, {
      measured: [
        ...compared.map((one) => one.crate.clean),
        ...compared.map((one) => one.narrowVit),
        ...compared.map((one) => one.vit.clean),
      ],
    }),
    drawComparedAccuracies({
      title: "What do CRATE's own choices matter?",
      note:
        "Each row changes one thing of the official network, the last one the labels that it learns from.",
      seeds,
      rows: variants.map(([, name]) => ({ group: name, name: "", colour: colours.tost })),
    }, { measured: variants.flatMap(([variant]) => ablated.map((one) => one[variant])) }),
    drawComparedAccuracies({
      title: "Does CRATE bear disturbance as ViT does?",
      note: "ViT has the same width and depth.",
      seeds,
      rows: conditions.flatMap(([, group]) => [CRATE, VIT].map((network) => ({ group, ...network }))),
    }, {
      measured: conditions.flatMap(([condition]) => [
        ...compared.map((one) => one.crate[condition]),
        ...compared.map((one) => one.vit[condition]),
      ]),
    }),
    drawTrainingLosses({
      title: "Do the networks learn?",
      seeds,
      panels: [
        { heading: "Classifying images", networks: [CRATE, NARROW_VIT, VIT] },
        {
          heading: "Predicting text",
          networks: [CRATE, GPT2],
          ...(entropies === undefined ? {} : { reference: { path: "bigram", name: "bigram entropy" } }),
        },
      ],
    }, {
      checkpoints: [
        ...compared.map((one) => one.models.crate),
        ...compared.map((one) => one.models.narrowVit),
        ...compared.map((one) => one.models.vit),
        ...writers.map((one) => one.models.crate),
        ...writers.map((one) => one.models.softmax),
      ],
      references: entropies === undefined ? [] : [entropies],
    }),
  ];
}
