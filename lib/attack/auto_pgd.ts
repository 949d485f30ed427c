/**
 * Auto-PGD (Croce & Hein 2020, arXiv 2003.01690, algorithm 1): projected gradient ascent with momentum that halves its
 * step when it no longer climbs, and goes on from the best point so far. It has no step size to be tuned, so that a
 * badly chosen one cannot pass for robustness.
 *
 * @module
 */
import { type Box, clampIn } from "./box.ts";

/** What a classifier says of images, one entry an image. */
export interface Answer {
  /** The losses, whose rise is sought. */
  readonly losses: ArrayLike<number>;
  /** The gradient of each image's loss, laid out as the images are. */
  readonly gradients: Float32Array;
  /** Whether each image is misclassified: 1 where it is. */
  readonly wrong: ArrayLike<number>;
}

/** Asks a classifier about images, one after another in an array of pixels from 0 to 1. */
export type Oracle = (images: Float32Array) => Answer;

/** How much of a step goes along the gradient, α; the rest goes on as the step before. */
const alongGradient = 0.75;

/** Steps of a period that must climb for the step size to stay, ρ. */
const mustClimb = 0.75;

/** One image's climb. */
interface Climb {
  /** η. */
  stepSize: number;
  /** The greatest loss so far. */
  peak: number;
  /** The loss where the climb is now. */
  loss: number;
  /** Steps that climbed since the last checkpoint. */
  rises: number;
  /** η and the greatest loss at the last checkpoint. */
  checked: { stepSize: number; peak: number };
  /** Whether a misclassified point was found. */
  found: boolean;
}

/**
 * Climbs the loss of every image within its box.
 *
 * @example A scale with one weight on each side of zero tips at the corner of the ball
 * ```ts
 * import { autoPgd, type Oracle } from "./auto_pgd.ts";
 * import { ballAround } from "./box.ts";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const oracle: Oracle = ([a, b]) => ({
 *   losses: [a! - b!],
 *   gradients: Float32Array.of(1, -1),
 *   wrong: [a! > b! ? 1 : 0],
 * });
 * const image = Float32Array.of(0.4, 0.6);
 * const [x, y] = autoPgd(oracle, [ballAround(image, 25.5)], image, 10);
 * assertAlmostEquals(x!, 0.5, 1e-6);
 * assertAlmostEquals(y!, 0.5, 1e-6);
 * ```
 *
 * @param oracle The classifier.
 * @param boxes Where each image may go.
 * @param start Where the climbs begin, image after image.
 * @param steps How often the gradient is followed.
 * @returns Of each image the first misclassified point, or the one of the greatest loss where there is none.
 */
export function autoPgd(
  oracle: Oracle,
  boxes: readonly Box[],
  start: Float32Array,
  steps: number,
): Float32Array {
  const size = start.length / boxes.length;
  const checkpoints = new Set(checkpointsOf(steps));
  const pixelsOf = (image: number) => [image * size, (image + 1) * size] as const;

  let now = start.slice();
  let before = start.slice();
  let answer = oracle(now);
  const gradients = answer.gradients.slice();
  const peaks = { images: start.slice(), gradients: gradients.slice() };
  const results = start.slice();
  const climbs = boxes.map(({ radius }, image): Climb => {
    const loss = answer.losses[image]!;
    const stepSize = 2 * radius;
    const found = answer.wrong[image] === 1;
    return { stepSize, peak: loss, loss, rises: 0, checked: { stepSize, peak: loss }, found };
  });

  for (let step = 0; step < steps; step++) {
    const next = now.slice();
    boxes.forEach((box, image) => {
      const { stepSize } = climbs[image]!;
      const [from, to] = pixelsOf(image);
      for (let place = from; place < to; place++) {
        const here = now[place]!;
        const uphill = clampIn(box, place - from, here + stepSize * Math.sign(gradients[place]!));
        const moved = step === 0
          ? uphill
          : here + alongGradient * (uphill - here) + (1 - alongGradient) * (here - before[place]!);
        next[place] = clampIn(box, place - from, moved);
      }
    });
    [before, now] = [now, next];
    answer = oracle(now);
    gradients.set(answer.gradients);

    climbs.forEach((climb, image) => {
      const [from, to] = pixelsOf(image);
      const loss = answer.losses[image]!;
      if (loss > climb.loss) climb.rises += 1;
      climb.loss = loss;
      const wrong = answer.wrong[image] === 1;
      if (!climb.found && (wrong || loss > climb.peak)) results.set(now.subarray(from, to), from);
      climb.found ||= wrong;
      if (loss > climb.peak) {
        climb.peak = loss;
        peaks.images.set(now.subarray(from, to), from);
        peaks.gradients.set(gradients.subarray(from, to), from);
      }
      if (checkpoints.has(step + 1)) {
        const period = step + 1 - lastBefore(checkpoints, step + 1);
        if (hasStalled(climb, period)) {
          climb.stepSize /= 2;
          climb.loss = climb.peak;
          now.set(peaks.images.subarray(from, to), from);
          gradients.set(peaks.gradients.subarray(from, to), from);
        }
        climb.rises = 0;
      }
    });
  }
  return results;
}

/** Conditions 1 and 2: too few steps climbed, or a whole period at this step size brought no new peak. */
function hasStalled(climb: Climb, period: number): boolean {
  const { stepSize, peak, rises, checked } = climb;
  climb.checked = { stepSize, peak };
  return rises < mustClimb * period || (checked.stepSize === stepSize && checked.peak === peak);
}

/**
 * After which steps the step size is looked at: ⌈p N⌉ with p = 0, 0.22, and then growing by 0.03 less each time, though by
 * 0.06 at least.
 *
 * @example Usage
 * ```ts
 * import { checkpointsOf } from "./auto_pgd.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(checkpointsOf(100), [22, 41, 57, 70, 80, 87, 93, 99]);
 * ```
 */
export function checkpointsOf(steps: number): number[] {
  const checkpoints: number[] = [];
  // In whole percents, which are exact.
  for (let share = 22, growth = 22; share < 100;) {
    checkpoints.push(Math.ceil(share * steps / 100));
    growth = Math.max(growth - 3, 6);
    share += growth;
  }
  return [...new Set(checkpoints)];
}

function lastBefore(checkpoints: ReadonlySet<number>, step: number): number {
  return Math.max(0, ...[...checkpoints].filter((checkpoint) => checkpoint < step));
}
