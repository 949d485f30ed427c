/**
 * The best head of a layer for an object, and what heads that know nothing would reach.
 *
 * @module
 */
import { normal, uniform } from "../../data/random.ts";
import { maskIou } from "./overlap.ts";
import { topEntries, topShare } from "./threshold.ts";

/** Makes a mask of the scores of one head. */
export type Binarise = (scores: Float32Array) => Uint8Array;

/**
 * The IoU of the head that fits an object best (arXiv 2308.16271, appendix B.3). The choice of the head looks at the
 * truth, so that more heads score higher even when they know nothing: compare with {@linkcode randomHeads}.
 */
export function bestHeadIou(
  heads: readonly Float32Array[],
  truth: ArrayLike<number>,
  binarise: Binarise,
): number {
  return Math.max(...heads.map((scores) => maskIou(binarise(scores), truth)));
}

/** The IoU of the best head that keeps as many patches as the object has: it, too, looks at the truth. */
export function oracleIou(heads: readonly Float32Array[], truth: Uint8Array): number {
  const size = truth.reduce((sum, patch) => sum + patch, 0);
  return bestHeadIou(heads, truth, (scores) => topEntries(scores, size));
}

/** Keeps a share of the patches. */
export function keepShare(share: number): Binarise {
  return (scores) => topShare(scores, share);
}

/** Which image's baseline, of how many heads and patches. */
export interface Baseline {
  /** How many heads. */
  readonly heads: number;
  /** Patches on a side. */
  readonly grid: number;
  /** The seed. */
  readonly seed: number;
  /** The image's number. */
  readonly image: number;
}

/** Heads that know nothing: scores by chance. */
export function randomHeads({ heads, grid, seed, image }: Baseline): readonly Float32Array[] {
  const patches = grid * grid;
  const draws = uniform({ seed, stream: "random-heads", step: image }, heads * patches);
  return Array.from(
    { length: heads },
    (_, head) => Float32Array.from(draws.subarray(head * patches, (head + 1) * patches)),
  );
}

/**
 * Heads that only know that objects are seldom at the edge: the nearness to a place of each head's own, one patch or so
 * from the centre.
 */
export function centreHeads({ heads, grid, seed, image }: Baseline): readonly Float32Array[] {
  const shifts = normal({ seed, stream: "centre-heads", step: image }, heads * 2);
  return Array.from({ length: heads }, (_, head) => {
    const [row, column] = [shifts[2 * head]!, shifts[2 * head + 1]!].map((shift) => (grid - 1) / 2 + shift);
    return Float32Array.from(
      { length: grid * grid },
      (_, patch) => -Math.hypot(Math.floor(patch / grid) - row!, patch % grid - column!),
    );
  });
}
