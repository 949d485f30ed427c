/**
 * A family of tasks that can be learnt in context, and what an ideal learner makes of them.
 *
 * An item has d yes-or-no attributes. A hidden rule names one attribute and which of its values means label 1; all 2d rules
 * are as likely. A share ε of the labels is wrong, each by itself. So what the labels of a few items tell of the next
 * item's is known exactly: a mean over rules, each by how well it explains those labels.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { Share } from "../../data/ranges.ts";
import { integers, uniform } from "../../data/random.ts";

/** A family of tasks. */
export const RuleFamily = Schema.Struct({
  /** Attributes d of an item. */
  attributes: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10 })),
  /** The share ε of labels that are wrong. */
  noise: Share,
});

/** A family of tasks. */
export type RuleFamily = typeof RuleFamily.Type;

/** Sequences of labelled items, one after another, each under a rule of its own. */
export interface Episodes {
  /** Items of a sequence. */
  readonly length: number;
  /** The items, from 0 to 2^d − 1, by their attributes as bits: `[n · length]`. */
  readonly items: Int32Array;
  /** Their labels, 0 or 1: `[n · length]`. */
  readonly labels: Int32Array;
}

/** Which sequences are drawn. */
export interface EpisodeDraw {
  /** How many sequences. */
  readonly count: number;
  /** Items of each. */
  readonly length: number;
  /** The seed. */
  readonly seed: number;
  /** What they are drawn for, such as `training`. */
  readonly stream: string;
  /** A number that tells draws of one stream apart, such as a training step. */
  readonly step: number;
  /** The rule of each sequence; drawn unless given. */
  readonly rules?: Int32Array;
}

/** Draws sequences. */
export function drawEpisodes({ attributes, noise }: RuleFamily, draw: EpisodeDraw): Episodes {
  const { count, length, seed, step } = draw;
  const key = (part: string) => ({ seed, stream: `toy/${draw.stream}/${part}`, step });
  const rules = draw.rules ?? drawRules({ attributes, noise }, draw);
  const items = integers(key("items"), count * length, 2 ** attributes);
  const chance = uniform(key("noise"), count * length);
  const labels = items.map((item, place) => {
    const right = labelOf(rules[Math.floor(place / length)]!, item);
    return chance[place]! < noise ? 1 - right : right;
  });
  return { length, items, labels };
}

/** Draws a rule for each sequence. */
export function drawRules(
  { attributes }: RuleFamily,
  { count, seed, stream, step }: Pick<EpisodeDraw, "count" | "seed" | "stream" | "step">,
): Int32Array {
  return integers({ seed, stream: `toy/${stream}/rules`, step }, count, 2 * attributes);
}

/** The label that rule r gives to an item: attribute ⌊r / 2⌋, turned round for odd r. */
export function labelOf(rule: number, item: number): number {
  return ((item >> (rule >> 1)) & 1) ^ (rule & 1);
}

/**
 * The probability that an item's label is 1, given labelled items of the same rule: Σ_r P(r | labels) P(1 | r, item).
 *
 * @example One labelled item, and its like again
 * ```ts
 * import { idealProbability } from "./family.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * // With one attribute there are two rules; one label favours one of them by 9 to 1.
 * const seen = [{ item: 1, label: 1 }];
 * assertAlmostEquals(idealProbability({ attributes: 1, noise: 0.1 }, seen, 1), 0.9 * 0.9 + 0.1 * 0.1, 1e-12);
 * ```
 */
export function idealProbability(
  { attributes, noise }: RuleFamily,
  seen: readonly { readonly item: number; readonly label: number }[],
  item: number,
): number {
  let [all, ones] = [0, 0];
  for (let rule = 0; rule < 2 * attributes; rule++) {
    const weight = seen.reduce(
      (product, one) => product * (labelOf(rule, one.item) === one.label ? 1 - noise : noise),
      1,
    );
    all += weight;
    ones += weight * (labelOf(rule, item) === 1 ? 1 - noise : noise);
  }
  return ones / all;
}
