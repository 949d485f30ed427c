/**
 * The figures of ToST's reproduction.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { Figure } from "../lib/kinds/figure.ts";
import type { Table } from "../lib/kinds/table.ts";
import { colours } from "../lib/report/figure.ts";
import { tabulateMetrics } from "../tasks/evaluate/tabulate_metrics.ts";
import { tostMembershipMaps } from "../tasks/evaluate/tost_membership_maps.ts";
import { drawAccuracies } from "../tasks/present/accuracies.ts";
import { drawAttentionScaling } from "../tasks/present/attention_scaling.ts";
import { drawComparedAccuracies } from "../tasks/present/compared_accuracies.ts";
import { drawLayerCurves } from "../tasks/present/layer_curves.ts";
import { drawTostMemberships } from "../tasks/present/tost_memberships.ts";
import { drawTrainingLosses } from "../tasks/present/training_losses.ts";
import type { TostEvidence } from "./tost_claims.ts";
import type { TostPreset } from "./tost_preset.ts";

const TOST = { name: "ToST", colour: colours.tost };
const SOFTMAX = { name: "softmax attention", colour: colours.softmax };

type Model = Node<typeof Checkpoint>;
type Models<Name extends string> = { readonly models: Readonly<Record<Name, Model>> };

/** What the figures are drawn of: the evidence of the claims, with the models of each seed. */
export interface TostDrawn extends Pick<TostEvidence, "entropies" | "scaling"> {
  /** The classifiers. */
  readonly classifiers:
    readonly (TostEvidence["classifiers"][number] & Models<"untrained" | "tost" | "twin">)[];
  /** The classifiers of sequences. */
  readonly sorters: readonly (TostEvidence["sorters"][number] & Models<"tost" | "softmax">)[];
  /** The language models. */
  readonly writers: readonly (TostEvidence["writers"][number] & Models<"tost" | "softmax">)[];
  /** The test images. */
  readonly clean: Node<typeof Dataset>;
}

/** Declares the figures. */
export function tostFigures(
  { classifiers, sorters, writers, entropies, scaling, clean }: TostDrawn,
  { preset, seeds }: { readonly preset: TostPreset; readonly seeds: readonly number[] },
): readonly Node<typeof Figure>[] {
  const { models: { untrained, tost: trained } } = classifiers[0]!;
  return [
    drawAttentionScaling({}, { scaling }),
    drawAccuracies({}, { accuracies: accuraciesOf(classifiers, preset, seeds) }),
    drawLayerCurves({
      title: "Does the coding rate fall with depth?",
      note: "R^var with f(x) = log(1 + x), of projections scaled to norm 1 a token and head, on test images.",
      panels: [{ path: "rate", name: "R^var", axis: "variational coding rate, nats" }],
    }, {
      trained: classifiers.map((one) => one.layers.trained),
      untrained: classifiers.map((one) => one.layers.untrained),
    }),
    drawTostMemberships({}, {
      maps: tostMembershipMaps({ count: preset.layers.drawn }, { untrained, trained, data: clean }),
    }),
    drawTrainingLosses({
      title: "Do the networks learn, and alike?",
      seeds: seeds.length,
      panels: [
        { heading: "Classifying images", networks: [TOST, SOFTMAX] },
        {
          heading: "Predicting characters",
          networks: [TOST, SOFTMAX],
          reference: { path: "bigram", name: "bigram entropy" },
        },
      ],
    }, {
      checkpoints: [
        ...classifiers.map(({ models }) => models.tost),
        ...classifiers.map(({ models }) => models.twin),
        ...writers.map(({ models }) => models.tost),
        ...writers.map(({ models }) => models.softmax),
      ],
      references: [entropies],
    }),
    ...(sorters.length === 0 ? [] : sequenceFigures(sorters)),
  ];
}

/** A row for each network, condition and seed. */
function accuraciesOf(
  classifiers: TostDrawn["classifiers"],
  { nuisance, attack }: TostPreset,
  seeds: readonly number[],
): Node<typeof Table> {
  const conditions = {
    clean: "clean",
    noisy: `noise, σ = ${nuisance.sigma}`,
    distracting: `${nuisance.square} × ${nuisance.square} square`,
    attacked: `PGD-${attack.steps}, ε = ${attack.epsilon}/255`,
  };
  const measurements = (Object.keys(conditions) as (keyof typeof conditions)[]).flatMap((key) =>
    classifiers.flatMap(({ tost, twin }, index) => {
      const under = { condition: conditions[key], seed: seeds[index]! };
      return [
        { network: "tost", ...under, measured: tost[key] },
        { network: "softmax", ...under, measured: twin[key] },
      ];
    })
  );
  return tabulateMetrics({
    columns: ["network", "condition", "seed", "accuracy", "count", "data"],
    labels: {
      network: measurements.map(({ network }) => network),
      condition: measurements.map(({ condition }) => condition),
      seed: measurements.map(({ seed }) => seed),
    },
  }, { measured: measurements.map(({ measured }) => measured) });
}

/** How well both networks learn nested lists, and how they come to it. */
function sequenceFigures(sorters: TostDrawn["sorters"]): readonly Node<typeof Figure>[] {
  const seeds = sorters.length;
  const group = "nested lists";
  const networks = [TOST, SOFTMAX];
  return [
    drawComparedAccuracies({
      title: "Does ToST work out nested lists as well as softmax attention?",
      note: "The last row is the share of the commonest answer, which takes no reading.",
      seeds,
      rows: [
        ...networks.map((network) => ({ group, ...network })),
        { group, name: "commonest answer", colour: "#777777", path: "commonest" },
      ],
    }, {
      measured: [
        ...sorters.map(({ tost }) => tost),
        ...sorters.map(({ softmax }) => softmax),
        ...sorters.map(({ tost }) => tost),
      ],
    }),
    drawTrainingLosses({
      title: "Do both networks learn nested lists, and alike?",
      seeds,
      panels: [{ heading: "ListOps", networks }],
    }, {
      checkpoints: [
        ...sorters.map(({ models }) => models.tost),
        ...sorters.map(({ models }) => models.softmax),
      ],
      references: [],
    }),
  ];
}
