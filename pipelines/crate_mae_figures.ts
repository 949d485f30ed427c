/**
 * The figures of CRATE-MAE.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Figure } from "../lib/kinds/figure.ts";
import { colours } from "../lib/report/figure.ts";
import { drawCka } from "../tasks/present/cka.ts";
import { drawComparedAccuracies } from "../tasks/present/compared_accuracies.ts";
import { drawCompletions } from "../tasks/present/completions.ts";
import { drawLayerCurves } from "../tasks/present/layer_curves.ts";
import { drawMaskedLosses } from "../tasks/present/masked_losses.ts";
import { drawTrainingLosses } from "../tasks/present/training_losses.ts";
import type { CrateMaeEvidence } from "./crate_mae_evidence.ts";
import type { CrateMaePreset } from "./crate_mae_presets.ts";

const CRATE = { name: "CRATE-MAE", colour: colours.tost };
const VIT = { name: "ViT-MAE", colour: colours.softmax };
const NARROW_VIT = { name: "narrow ViT-MAE", colour: "#b0912f" };
const GREY = "currentColor";

/** Draws what the claims rest on. */
export function crateMaeFigures(
  { seeds, pixels, completed }: CrateMaeEvidence,
  { preset }: { readonly preset: CrateMaePreset },
): readonly Node<typeof Figure>[] {
  const { masking, recipe } = preset;
  const networks = [CRATE, VIT, NARROW_VIT];
  const count = seeds.length;
  const ofEach = <A>(pick: (network: typeof seeds[number]["crate"]) => A): readonly A[] => [
    ...seeds.map(({ crate }) => pick(crate)),
    ...seeds.map(({ vit }) => pick(vit)),
    ...seeds.map(({ narrowVit }) => pick(narrowVit)),
  ];
  const losses = ofEach(({ loss }) => loss);
  const tokens = [["mean", "Mean of the patches' tokens"], ["class", "Class token"]] as const;
  return [
    drawCompletions({ names: networks.map(({ name }) => name) }, { completed }),
    drawMaskedLosses({ seeds: count, networks, ratios: masking.ratios, trainedAt: recipe.maskRatio }, {
      measured: losses,
    }),
    drawTrainingLosses({
      title: "Do the networks learn to complete images?",
      seeds: count,
      panels: [{
        heading: `With ${100 * recipe.maskRatio} % of the patches hidden`,
        networks,
        reference: { path: `mean.at${100 * recipe.maskRatio}`, name: "mean image" },
        unit: "mean square error",
      }],
    }, { checkpoints: ofEach(({ model }) => model), references: losses.slice(0, 1) }),
    drawComparedAccuracies({
      title: "Does what the encoder learns tell classes apart?",
      note:
        "By linear probes of the frozen encoder, which sees whole images; pixels as they are depend on no seed.",
      seeds: count,
      rows: tokens.flatMap(([tokens, group]) => [
        ...networks.map((network) => ({ group, ...network, path: `${tokens}.linear` })),
        { group, name: "CRATE-MAE untrained", colour: GREY, path: `${tokens}.linear` },
        { group, name: "pixels", colour: GREY, path: "pixels.linear" },
      ]),
    }, {
      measured: tokens.flatMap(() => [
        ...ofEach(({ probe }) => probe),
        ...seeds.map(({ untrainedProbe }) => untrainedProbe),
        ...seeds.map(() => pixels),
      ]),
    }),
    drawLayerCurves({
      title: "Does the decoder undo layer by layer what the encoder does?",
      note:
        "Rᶜ of projections scaled to norm 1, as a share of its greatest value, between the halves of a layer: after MSSA in " +
        "the encoder, before it in the decoder. Non-zeros are those of the encoder's tokens after ISTA.",
      panels: [
        { path: "encoder.rate", name: "Rᶜ in the encoder", axis: "share of the greatest rate" },
        { path: "decoder.rate", name: "Rᶜ in the decoder", axis: "share of the greatest rate" },
        { path: "encoder.nonZero", name: "Non-zeros in the encoder", axis: "share of values" },
      ],
    }, {
      trained: seeds.map(({ layers }) => layers.trained),
      untrained: seeds.map(({ layers }) => layers.untrained),
    }),
    drawCka({ seeds: count, names: ["CRATE-MAE", "CRATE-MAE untrained", "narrow ViT-MAE"] }, {
      layers: (["trained", "untrained", "narrowVit"] as const).flatMap((which) =>
        seeds.map(({ layers }) => layers[which])
      ),
    }),
  ];
}
