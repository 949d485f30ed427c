/**
 * Asymmetric label noise: classes that are mistaken for one class in particular.
 *
 * @module
 */
import { uniform } from "./random.ts";

/**
 * The confusions of CIFAR-10 that the literature has (Patrini et al., "Making Deep Neural Networks Robust to Label Noise",
 * 2017): truck → automobile, bird → airplane, deer → horse, cat ↔ dog.
 */
export const cifarConfusions: readonly (readonly [from: string, to: string])[] = [
  ["truck", "automobile"],
  ["bird", "airplane"],
  ["deer", "horse"],
  ["cat", "dog"],
  ["dog", "cat"],
];

/**
 * Replaces each label that has a confusion, with probability `rate`, by the one that it is mistaken for.
 *
 * Which labels go is drawn once for a seed, as for symmetric noise: those replaced at a lower rate are among those at a
 * higher one.
 *
 * @param labels The labels.
 * @param confusions Of a label, the one that it is mistaken for.
 * @param noise The probability, from 0 to 1, and the seed.
 */
export function confuseLabels(
  labels: Int32Array,
  confusions: ReadonlyMap<number, number>,
  noise: { readonly rate: number; readonly seed: number },
): Int32Array {
  const chance = uniform({ seed: noise.seed, stream: "asymmetric-noise/which" }, labels.length);
  return labels.map((label, place) => chance[place]! < noise.rate ? confusions.get(label) ?? label : label);
}
