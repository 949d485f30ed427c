/**
 * What the Scaff-PD paper claims of real data, measured on substitutes for its own.
 *
 * @module
 */
import { type Claim, claim } from "../lib/claim/claim.ts";
import { atLeast, below } from "../lib/claim/expectation.ts";
import { meanInterval } from "../lib/claim/interval.ts";
import { difference, type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { ScaffPdPreset } from "./scaff_pd_presets.ts";
import { type RealData, realData, type RealFederation } from "./scaff_pd_real.ts";

/** What was measured on each data set that the preset has: a federation for each seed. */
export type RealEvidence = Partial<Readonly<Record<RealData, readonly RealFederation[]>>>;

/** The claims about real data: the same at every preset, those of absent data out of its scale. */
export function realClaims(
  real: RealEvidence,
  { training: { clients, rho } }: ScaffPdPreset,
  tooSmall: { readonly outOfScale?: string },
): readonly Claim[] {
  return [
    ...(Object.keys(realData) as RealData[]).flatMap((letter): readonly Claim[] => {
      const data = realData[letter];
      const federations = real[letter];
      const extension = letter === "r";
      const jpeg = data.startsWith("CIFAR")
        ? "; from JPEG copies of the images where the official files are not at hand"
        : "";
      const of = (method: "scaffPd" | "fedAvg") => (federations ?? []).map((one) => one[method]);
      const scale = federations === undefined ? { outOfScale: "the laptop preset measures this" } : tooSmall;
      const common = {
        ...(extension
          ? { source: "none", extension: true }
          : { source: "Table 1", evidence: "second-hand" as const }),
        ...scale,
      };
      return [
        claim({
          ...common,
          id: `C7.1${letter}`,
          says: `the worst 20 % of clients gain on FedAvg: ${data}`,
          measure: difference(of("scaffPd"), of("fedAvg"), "last.worst", 100),
          expect: atLeast(2),
          ...(extension ? {} : { paper: 13.37 }),
          unit: "points",
          note: `${clients} clients, ρ = ${rho}${jpeg}; the paper's is of CIFAR-100 at α = 0.01, one run`,
        }),
        claim({
          ...common,
          id: `C7.2${letter}`,
          says: "at little cost in mean accuracy",
          measure: difference(of("scaffPd"), of("fedAvg"), "last.mean", 100),
          expect: atLeast(-6),
          unit: "points",
        }),
        claim({
          ...common,
          id: `C8${letter}`,
          says: "Scaff-PD comes to what DRFA reaches in fewer rounds",
          measure: costAgainstDrfa(federations ?? [], "rounds"),
          expect: below(1),
          unit: "×",
          note: "rounds to DRFA's best accuracy of the worst 20 %, over those that DRFA took",
        }),
        claim({
          ...scale,
          id: `X4${letter}`,
          source: "none",
          extension: true,
          says: "and with fewer bytes",
          measure: costAgainstDrfa(federations ?? [], "bytes"),
          expect: below(1),
          unit: "×",
          note: "Scaff-PD sends two vectors each way where FedAvg sends one",
        }),
      ];
    }),
    ...published.map(([id, data, says, paper]) =>
      claim({
        id,
        source: "Table 1",
        evidence: "second-hand",
        says: `${data}: ${says}`,
        expect: atLeast(paper),
        paper,
        unit: "%",
        outOfScale:
          "it takes the features of a pretrained ResNet-18, and rounds, J and ρ that the paper does " +
          "not state; no preset does it",
      })
    ),
  ];
}

/** Cells of Table 1 of which reviews quote the number. */
const published = [
  ["P1", "CIFAR-100, α = 0.01", "mean accuracy of Scaff-PD", 49.03],
  ["P2", "CIFAR-100, α = 0.01", "accuracy of the worst 20 %", 29.3],
  ["P3", "TinyImageNet, α = 0.01", "accuracy of the worst 20 %", 25.32],
] as const;

/**
 * What Scaff-PD takes to come to DRFA's best accuracy of the worst 20 %, over what DRFA took. Where it never comes there,
 * all it took counts, and once more the distance between two looks.
 */
function costAgainstDrfa(federations: readonly RealFederation[], cost: "rounds" | "bytes"): Measure {
  return {
    nodes: federations.flatMap(({ scaffPd, drfa }) => [scaffPd, drfa]),
    read: (metrics) =>
      meanInterval(federations.map((_, seed) => {
        const [robust, rival] = [curves(metrics[2 * seed]!, cost), curves(metrics[2 * seed + 1]!, cost)];
        const target = Math.max(...rival.worst);
        const reached = robust.worst.findIndex((accuracy) => accuracy >= target);
        const taken = reached >= 0 ? robust.cost[reached]! : 2 * robust.cost.at(-1)! - robust.cost.at(-2)!;
        return taken / rival.cost[rival.worst.indexOf(target)]!;
      })),
  };
}

function curves(metrics: Metrics, cost: string) {
  const numbers = (name: string) => {
    const list = metrics[name];
    return Array.isArray(list) ? list.map((_, at) => numberAt(metrics, `${name}.${at}`)) : [];
  };
  return { worst: numbers("worst"), cost: numbers(cost) };
}
