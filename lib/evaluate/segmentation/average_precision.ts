/**
 * Average precision, as COCO's evaluation defines it, of detections of one class.
 *
 * @module
 */

/** What was found in one image. */
export interface Detections {
  /** How sure each detection is. */
  readonly scores: readonly number[];
  /** Of each detection, its IoU with each true object. */
  readonly overlaps: readonly (readonly number[])[];
  /** How many true objects there are. */
  readonly truths: number;
}

/** COCO's thresholds of IoU: 0.50, 0.55, … 0.95. */
export const THRESHOLDS: readonly number[] = Array.from({ length: 10 }, (_, step) => (50 + 5 * step) / 100);

/** The recalls at which COCO reads precision off: 0, 0.01, … 1. */
const RECALLS = Array.from({ length: 101 }, (_, step) => step / 100);

/** Average precision: the mean over thresholds of IoU, and at two of them. */
export interface AveragePrecision {
  /** The mean over the thresholds from 0.50 to 0.95. */
  readonly ap: number;
  /** At an IoU of 0.50. */
  readonly ap50: number;
  /** At an IoU of 0.75. */
  readonly ap75: number;
}

/**
 * The average precision of detections in images. Equally sure detections count in the order of the images.
 *
 * @example One of two objects is found
 * ```ts
 * import { averagePrecision } from "./average_precision.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const found = { scores: [1], overlaps: [[0.8]], truths: 1 };
 * const missed = { scores: [], overlaps: [], truths: 1 };
 * assertAlmostEquals(averagePrecision([found, missed]).ap50, 51 / 101);
 * ```
 */
export function averagePrecision(images: readonly Detections[]): AveragePrecision {
  const at = (threshold: number) => precisionAt(images, threshold);
  const all = THRESHOLDS.map(at);
  return { ap: all.reduce((sum, value) => sum + value, 0) / all.length, ap50: at(0.5), ap75: at(0.75) };
}

function precisionAt(images: readonly Detections[], threshold: number): number {
  const truths = images.reduce((sum, image) => sum + image.truths, 0);
  if (truths === 0) return 0;
  const judged = images.flatMap((image) => judge(image, threshold)).toSorted((a, b) => b.score - a.score);
  let right = 0;
  const points = judged.map(({ hit }, index) => {
    if (hit) right++;
    return { recall: right / truths, precision: right / (index + 1) };
  });
  // Precision at a recall is the best that this recall or a higher one still allows.
  for (let index = points.length - 2; index >= 0; index--) {
    points[index]!.precision = Math.max(points[index]!.precision, points[index + 1]!.precision);
  }
  const precisions = RECALLS.map((recall) => points.find((point) => point.recall >= recall)?.precision ?? 0);
  return precisions.reduce((sum, precision) => sum + precision, 0) / RECALLS.length;
}

/** Gives each detection, the surest first, the object that it overlaps most among those not yet found. */
function judge({ scores, overlaps, truths }: Detections, threshold: number) {
  const found = new Set<number>();
  const order = scores.map((_, index) => index).toSorted((a, b) => scores[b]! - scores[a]!);
  return order.map((detection) => {
    let best: number | undefined;
    for (let truth = 0; truth < truths; truth++) {
      const overlap = overlaps[detection]![truth]!;
      const rival = best === undefined ? threshold : overlaps[detection]![best]!;
      if (!found.has(truth) && overlap >= rival) best = truth;
    }
    if (best !== undefined) found.add(best);
    return { score: scores[detection]!, hit: best !== undefined };
  });
}
