/**
 * Numbers read from many metrics of federations of made-up clients.
 *
 * @module
 */
import { meanInterval } from "../lib/claim/interval.ts";
import { type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import type { SyntheticFederation } from "./scaff_pd_synthetic.ts";

type Measured = Node<typeof Metrics>;

/** How near a method came to the robust optimum, a federation each. */
export function distancesOf(
  federations: readonly SyntheticFederation[],
  method: keyof SyntheticFederation["distances"],
): readonly Measured[] {
  return federations.map(({ distances }) => distances[method]);
}

/** How many powers of ten nearer the correction ends: the least over numbers of local steps, averaged over seeds. */
export function leastGain(federations: readonly SyntheticFederation[]): Measure {
  const pairs = federations.map(({ biased }) =>
    biased.flatMap(({ corrected, uncorrected }) => [corrected, uncorrected])
  );
  return averaged(pairs.flat(), pairs[0]!.length, (metrics) => {
    const gains = metrics.flatMap((corrected, at) =>
      at % 2 === 0 ? [numberAt(metrics[at + 1]!, "last") - numberAt(corrected, "last")] : []
    );
    return Math.min(...gains);
  });
}

/** What the worst client's loss is above that of FedAvg, in percent. */
export function relativeWorst(federations: readonly SyntheticFederation[]): Measure {
  return averaged(
    federations.flatMap(({ losses }) => [losses.scaffPd, losses.fedAvg]),
    2,
    ([robust, average]) => 100 * (numberAt(robust!, "worst") / numberAt(average!, "worst") - 1),
  );
}

/** A metric with many local steps over that with one. */
export function ratio(federations: readonly SyntheticFederation[], path: string): Measure {
  return averaged(
    federations.flatMap(({ distances }) => [distances.scaffPd, distances.single]),
    2,
    ([many, single]) => numberAt(many!, path) / numberAt(single!, path),
  );
}

/** The mean over seeds of a number computed from as many metrics a seed. */
export function averaged(
  nodes: readonly Measured[],
  aSeed: number,
  compute: (metrics: readonly Metrics[]) => number,
): Measure {
  return {
    nodes,
    read: (metrics) =>
      meanInterval(
        Array.from(
          { length: metrics.length / aSeed },
          (_, seed) => compute(metrics.slice(seed * aSeed, (seed + 1) * aSeed)),
        ),
      ),
  };
}
