/**
 * How the claims on in-context learning are measured.
 *
 * @module
 */
import { exactly, type Interval, meanInterval } from "../lib/claim/interval.ts";
import { type Measure, numberAt } from "../lib/claim/measure.ts";
import type { Node } from "../lib/dag/node.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { spearman } from "../lib/stats/order.ts";
import type { Cell, RecalibratedCell, Study } from "./icl_calibration_study.ts";

type Measured = Node<typeof Metrics>;

/** Numbers of demonstrations among which the paper's peak lies. */
const FEW = [1, 2, 3, 4];

/** A number that has no spread: computed, not sampled. */
export function exact(node: Measured, path: string): Measure {
  return { nodes: [node], read: ([metrics]) => exactly(numberAt(metrics!, path)) };
}

/** The greatest mean error at few demonstrations, minus that with none, or with the most, seed by seed. */
export function hump(study: Study, against: "none" | "most"): Measure {
  const most = Math.max(...study.cells.map(({ shots }) => shots));
  const few = [...new Set(study.cells.map(({ shots }) => shots))].filter((shots) => FEW.includes(shots));
  return overCells(study, (numbers) => {
    const peak = bestOf(few, (shots) => mean(numbers("error", shots)));
    const reference = numbers("error", against === "none" ? 0 : most);
    return numbers("error", peak).map((error, seed) => error - (reference[seed] ?? reference[0]!));
  });
}

/** The greatest mean accuracy with demonstrations, minus that without, seed by seed. */
export function mostAccurate(study: Study): Measure {
  const some = [...new Set(study.cells.map(({ shots }) => shots))].filter((shots) => shots > 0);
  return overCells(study, (numbers) => {
    const peak = bestOf(some, (shots) => mean(numbers("accuracy", shots)));
    return numbers("accuracy", peak).map((accuracy) => accuracy - numbers("accuracy", 0)[0]!);
  });
}

/** The rank correlation, seed by seed, of the number of demonstrations from 1 on and a metric. */
export function correlation(study: Study, path: string): Measure {
  const some = [...new Set(study.cells.map(({ shots }) => shots))].filter((shots) => shots > 0);
  return overCells(study, (numbers) => {
    const columns = some.map((shots) => numbers(path, shots));
    return columns[0]!.map((_, seed) => spearman(some, columns.map((column) => column[seed]!)));
  });
}

/** The mean error after a recalibration from the same prompt, as a share of the mean error before, seed by seed. */
export function shareOfError(
  study: Study<RecalibratedCell>,
  after: "temperature" | "scalingBinning",
): Measure {
  return overRecalibrated(
    study,
    "prompt",
    (metrics) =>
      mean(metrics.map((one) => numberAt(one, `${after}.error`))) /
      mean(metrics.map((one) => numberAt(one, "raw.error"))),
  );
}

/** The mean error after temperature scaling, minus that after scaling-binning, seed by seed. */
export function gainOverTemperature(study: Study<RecalibratedCell>): Measure {
  return overRecalibrated(
    study,
    "prompt",
    (metrics) =>
      mean(metrics.map((one) => numberAt(one, "temperature.error") - numberAt(one, "scalingBinning.error"))),
  );
}

/** The mean error after a temperature from questions without demonstrations, minus after one from the same prompt. */
export function otherPromptsGain(study: Study<RecalibratedCell>): Measure {
  const cells = withDemonstrations(study);
  const nodes = cells.flatMap(({ recalibrated: { zero, prompt } }) => [zero, prompt]);
  return {
    nodes,
    read: (metrics) =>
      bySeed(
        cells,
        (places) =>
          mean(places.map((place) =>
            numberAt(metrics[2 * place]!, "temperature.error") -
            numberAt(metrics[2 * place + 1]!, "temperature.error")
          )),
      ),
  };
}

/** The greatest change of accuracy by temperature scaling. */
export function accuracyKept(study: Study<RecalibratedCell>): Measure {
  return {
    nodes: study.cells.map(({ recalibrated }) => recalibrated.prompt),
    read: (metrics) =>
      exactly(
        Math.max(
          ...metrics.map((one) =>
            Math.abs(numberAt(one, "temperature.accuracy") - numberAt(one, "raw.accuracy"))
          ),
        ),
      ),
  };
}

/** A metric of one list of nodes minus that of another, pair by pair; of studies, after at least one demonstration. */
export function gapBetween(
  of: Study | readonly Measured[],
  from: Study | readonly Measured[],
  path: string,
): Measure {
  const [left, right] = [of, from].map((side) =>
    "cells" in side ? withDemonstrations(side).map(({ judged }) => judged) : side
  ) as [readonly Measured[], readonly Measured[]];
  return {
    nodes: [...left, ...right],
    read: (metrics) =>
      meanInterval(
        left.map((_, place) =>
          numberAt(metrics[place]!, path) - numberAt(metrics[left.length + place]!, path)
        ),
      ),
  };
}

function overCells(
  { cells }: Study,
  compute: (numbers: (path: string, shots: number) => readonly number[]) => readonly number[],
): Measure {
  return {
    nodes: cells.map(({ judged }) => judged),
    read: (metrics) =>
      meanInterval(
        compute((path, shots) =>
          cells.flatMap((cell, place) => cell.shots === shots ? [numberAt(metrics[place]!, path)] : [])
        ),
      ),
  };
}

function overRecalibrated(
  study: Study<RecalibratedCell>,
  mode: keyof RecalibratedCell["recalibrated"],
  compute: (metrics: readonly Metrics[]) => number,
): Measure {
  const cells = withDemonstrations(study);
  return {
    nodes: cells.map(({ recalibrated }) => recalibrated[mode]),
    read: (metrics) => bySeed(cells, (places) => compute(places.map((place) => metrics[place]!))),
  };
}

function withDemonstrations<C extends Cell>({ cells }: Study<C>): readonly C[] {
  return cells.filter(({ shots }) => shots > 0);
}

/** The mean, over seeds, of what is computed from the places of a seed's cells. */
function bySeed(cells: readonly Cell[], compute: (places: readonly number[]) => number): Interval {
  const seeds = [...new Set(cells.map(({ seed }) => seed))];
  return meanInterval(
    seeds.map((seed) => compute(cells.flatMap((cell, place) => cell.seed === seed ? [place] : []))),
  );
}

function bestOf(shots: readonly number[], score: (shots: number) => number): number {
  return shots.reduce((best, one) => score(one) > score(best) ? one : best);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
