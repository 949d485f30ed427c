/**
 * What the success of attacks says, over computes and over the attacker's resource.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Measure } from "../claim/measure.ts";
import type { Node } from "../dag/node.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { fitLine } from "../stats/line.ts";
import { mean } from "../stats/mean.ts";
import { spearman } from "../stats/order.ts";

/** A compute that was tried. */
export interface TriedCompute {
  /** Loops of the core. */
  readonly loops: number;
  /** Passes of thinking. */
  readonly passes: number;
  /** FLOPs a question. */
  readonly operations: number;
}

/** How an attack fared when the model itself decides whether to think on. */
export interface FreeSuccess {
  /** Loops of the core. */
  readonly loops: number;
  /** The share of questions on which it succeeds; null where none counts. */
  readonly success: number | null;
  /** Tokens of thinking; null where none counts. */
  readonly tokens: number | null;
}

/** How an attack fared. */
export interface AttackSuccess {
  /** Its name. */
  readonly attack: string;
  /** What it wants. */
  readonly goal: string;
  /** How much of its resource it had. */
  readonly strength: number;
  /** The share of questions on which it succeeds, at each compute; null where none counts. */
  readonly success: readonly (number | null)[];
  /** How many questions count at each compute. */
  readonly counted: readonly number[];
  /** For each number of loops. */
  readonly free: readonly FreeSuccess[];
}

/** What `measureRobustness` returns. */
export interface Robustness {
  /** The computes. */
  readonly computes: readonly TriedCompute[];
  /** The accuracy without attack, at each. */
  readonly accuracy: readonly number[];
  /** The attacks. */
  readonly attacks: readonly AttackSuccess[];
}

/** A share of fewer questions than this says too little: its cell does not count. */
export const FEWEST = 10;

/** The metrics of `measureRobustness`; or those of `measureSoftTokens`, which are of one attack and of no accuracy. */
export function robustnessIn(metrics: Metrics): Robustness {
  if ("attacks" in metrics) return metrics as unknown as Robustness;
  const alone = metrics as unknown as AttackSuccess & Pick<Robustness, "computes">;
  return { computes: alone.computes, accuracy: [], attacks: [alone] };
}

/** The attacks of a name, each with the cells that count: pairs of FLOPs and success. */
export function cellsOf(
  { computes, attacks }: Robustness,
  name: string,
): readonly (AttackSuccess & { readonly cells: readonly Cell[] })[] {
  return attacks.filter(({ attack }) => attack === name).map((attack) => ({
    ...attack,
    cells: computes.flatMap(({ operations }, at) => {
      const success = attack.success[at];
      return success == null || attack.counted[at]! < FEWEST ? [] : [{ operations, success }];
    }),
  }));
}

/** A cell of the grid of attacks and computes. */
export interface Cell {
  /** FLOPs a question. */
  readonly operations: number;
  /** The share of questions on which the attack succeeds. */
  readonly success: number;
}

/** Whether an attack of a name succeeds on any question: where none does, no trend of its success is defined. */
function everSucceeds(robustness: Robustness, name: string): boolean {
  return cellsOf(robustness, name).some(({ cells }) => cells.some(({ success }) => success > 0));
}

/**
 * Spearman's correlation of compute and success at one strength of an attack, as its mean over strengths and goals: −1
 * when every attack fails the more, the more the model computes. 0 counts where success does not change.
 *
 * @returns Undefined when no attack succeeds at all.
 */
export function trendInCompute(robustness: Robustness, name: string): number | undefined {
  const trends = cellsOf(robustness, name).filter(({ cells }) => cells.length > 1).map(({ cells }) =>
    spearman(cells.map(({ operations }) => operations), cells.map(({ success }) => success))
  );
  return trends.length === 0 || !everSucceeds(robustness, name) ? undefined : mean(trends);
}

/**
 * Success at the most compute over the greatest at any compute, as its mean over strengths and goals at which there is
 * any.
 *
 * @returns Undefined when no attack succeeds at all.
 */
export function remainingSuccess(robustness: Robustness, name: string): number | undefined {
  const remaining = cellsOf(robustness, name).flatMap(({ cells }) => {
    const peak = Math.max(...cells.map(({ success }) => success));
    const last = cells.toSorted((a, b) => a.operations - b.operations).at(-1);
    return last === undefined || peak <= 0 ? [] : [last.success / peak];
  });
  return remaining.length === 0 ? undefined : mean(remaining);
}

/**
 * Success at the most compute over that at the least, as its mean over strengths and goals.
 *
 * @returns Undefined when no attack succeeds at the least compute.
 */
export function keptSuccess(robustness: Robustness, name: string): number | undefined {
  const kept = cellsOf(robustness, name).flatMap(({ cells }) => {
    const rising = cells.toSorted((a, b) => a.operations - b.operations);
    const [first, last] = [rising[0], rising.at(-1)];
    return first === undefined || first.success === 0 ? [] : [last!.success / first.success];
  });
  return kept.length === 0 ? undefined : mean(kept);
}

/**
 * Spearman's correlation of an attack's strength and its success at one compute, as its mean over computes and goals: 1
 * when more of its resource always helps it. 0 counts where success does not change.
 *
 * @returns Undefined when no attack succeeds at all.
 */
export function trendInStrength(robustness: Robustness, name: string): number | undefined {
  const attacks = cellsOf(robustness, name);
  const goals = [...new Set(attacks.map(({ goal }) => goal))];
  const trends = goals.flatMap((goal) =>
    robustness.computes.flatMap(({ operations }) => {
      const found = attacks.filter((attack) => attack.goal === goal).flatMap(({ strength, cells }) =>
        cells.filter((cell) => cell.operations === operations).map(({ success }) => ({ strength, success }))
      );
      return found.length < 2
        ? []
        : [spearman(found.map(({ strength }) => strength), found.map(({ success }) => success))];
    })
  );
  return trends.length === 0 || !everSucceeds(robustness, name) ? undefined : mean(trends);
}

/**
 * A number over seeds that may be undefined for some, as the mean of the others. Where it is undefined for all, nothing
 * is known of it: its interval is unbounded.
 */
export function whereDefined(
  nodes: readonly Node<typeof Metrics>[],
  of: (robustness: Robustness) => number | undefined,
): Measure {
  return {
    nodes,
    read: (metrics) => {
      const defined = metrics.map(robustnessIn).map(of).filter((one) => one !== undefined);
      return defined.length === 0
        ? { value: 0, low: -Infinity, high: Infinity, n: 0 }
        : meanInterval(defined);
    },
  };
}

/** The slope of the accuracy without attack over the logarithm (to base 2) of the compute. */
export function accuracySlope({ computes, accuracy }: Robustness): number {
  return fitLine(computes.map(({ operations }, at) => [Math.log2(operations), accuracy[at]!])).slope.value;
}
