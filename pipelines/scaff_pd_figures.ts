/**
 * The figures of Scaff-PD.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Figure } from "../lib/kinds/figure.ts";
import { drawClientLosses } from "../tasks/present/client_losses.ts";
import { drawFairness } from "../tasks/present/fairness.ts";
import { drawRobustConvergence } from "../tasks/present/robust_convergence.ts";
import { drawTraffic } from "../tasks/present/traffic.ts";
import type { ScaffPdEvidence } from "./scaff_pd_claims.ts";
import { type RealData, realData } from "./scaff_pd_real.ts";
import type { ScaffPdPreset } from "./scaff_pd_presets.ts";
import type { SyntheticFederation } from "./scaff_pd_synthetic.ts";

/** What is drawn of made-up clients. */
const ways = [
  ["scaffPd", { name: "Scaff-PD", ablation: false }],
  ["uncorrected", { name: "Scaff-PD, biased", ablation: true }],
  ["drfa", { name: "DRFA", ablation: false }],
  ["scaffold", { name: "SCAFFOLD", ablation: false }],
  ["fedAvg", { name: "FedAvg", ablation: false }],
] as const;

/** What is drawn of real data, besides Scaff-PD. */
const peers = [
  ["drfa", "DRFA"],
  ["agnostic", "AFL"],
  ["qFfl", "q-FFL"],
  ["scaffold", "SCAFFOLD"],
  ["fedAvg", "FedAvg"],
] as const;

/** Draws what the claims rest on. */
export function scaffPdFigures(
  { linear, logistic, real }: ScaffPdEvidence,
  { training: { rho, otherRhos } }: ScaffPdPreset,
): readonly Node<typeof Figure>[] {
  const distances = (federations: readonly SyntheticFederation[]) =>
    ways.flatMap(([way]) => federations.map((one) => one.distances[way]));
  const measured = (Object.keys(realData) as RealData[]).flatMap((letter) => {
    const federations = real[letter];
    return federations === undefined ? [] : [{ data: realData[letter], federations }];
  });
  const first = measured[0]!;
  const robust = otherRhos.length === 0 ? "Scaff-PD" : `Scaff-PD, ρ = ${rho}`;
  return [
    drawRobustConvergence({ methods: ways.map(([, method]) => method) }, {
      linear: distances(linear),
      logistic: distances(logistic),
    }),
    drawClientLosses({ names: ["Linear regressions", "Logistic regressions"] }, {
      scaffPd: [linear[0]!, logistic[0]!].map(({ losses }) => losses.scaffPd),
      fedAvg: [linear[0]!, logistic[0]!].map(({ losses }) => losses.fedAvg),
    }),
    drawFairness({
      data: measured.map(({ data }) => data),
      methods: [
        robust,
        ...otherRhos.map((other) => `Scaff-PD, ρ = ${other}`),
        ...peers.map(([, name]) => name),
      ],
    }, {
      accuracies: measured.flatMap(({ federations }) => [
        ...federations.map(({ scaffPd }) => scaffPd),
        ...otherRhos.flatMap((_, at) => federations.map(({ others }) => others[at]!)),
        ...peers.flatMap(([peer]) => federations.map((one) => one[peer])),
      ]),
    }),
    drawTraffic({ data: first.data, methods: ["Scaff-PD", ...peers.map(([, name]) => name)] }, {
      accuracies: [
        ...first.federations.map(({ scaffPd }) => scaffPd),
        ...peers.flatMap(([peer]) => first.federations.map((one) => one[peer])),
      ],
    }),
  ];
}
