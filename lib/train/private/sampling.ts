/**
 * Poisson sampling in batches of one size.
 *
 * @module
 */
import { permutation, uniform } from "../../data/random.ts";

/** How the examples of a step are drawn. */
export interface Sampling {
  /** Examples in all, N. */
  readonly examples: number;
  /** The expected number of examples in a step, B. */
  readonly batch: number;
  /** `poisson`: a coin of chance B/N for each example; `shuffled`: B of a shuffled order, about which no accountant knows. */
  readonly draw: "poisson" | "shuffled";
  /** The seed. */
  readonly seed: number;
}

/**
 * The examples of a step under Poisson sampling, in ascending order: each of N is in it with chance B/N, whatever the others
 * are. Found by the gaps between them, which are geometric, so that it takes B draws and not N.
 *
 * @example Usage
 * ```ts
 * import { poissonSample } from "./sampling.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...poissonSample({ examples: 5, batch: 5, seed: 1 }, 0)], [0, 1, 2, 3, 4]);
 * ```
 */
export function poissonSample(
  { examples, batch, seed }: Pick<Sampling, "examples" | "batch" | "seed">,
  step: number,
): Int32Array {
  const rate = batch / examples;
  if (rate >= 1) return Int32Array.from({ length: examples }, (_, index) => index);
  const found: number[] = [];
  // Half as many again as expected, and more when they do not reach the end: fewer draws are the beginning of more.
  for (let count = Math.ceil(1.5 * batch) + 20;; count *= 2) {
    found.length = 0;
    let place = -1;
    for (const draw of uniform({ seed, stream: "poisson", step }, count)) {
      place += 1 + Math.floor(Math.log1p(-draw) / Math.log1p(-rate));
      if (place >= examples) return Int32Array.from(found);
      found.push(place);
    }
  }
}

/** A batch that is computed at once: a part of a step's examples. */
export interface PhysicalBatch {
  /** The step, from 0. */
  readonly step: number;
  /** Its examples, at most as many as fit. */
  readonly examples: Int32Array;
  /** Whether the step ends with it. */
  readonly last: boolean;
}

/**
 * Cuts the steps' samples into batches that fit. A step without examples still has one, empty: its noise must not tell that
 * it was empty.
 *
 * @param size How many examples fit.
 */
export function physicalBatches(sampling: Sampling, steps: number, size: number): readonly PhysicalBatch[] {
  const batches: PhysicalBatch[] = [];
  for (let step = 0; step < steps; step++) {
    const drawn = sampling.draw === "poisson"
      ? poissonSample(sampling, step)
      : shuffledSample(sampling, step);
    const parts = Math.max(1, Math.ceil(drawn.length / size));
    for (let part = 0; part < parts; part++) {
      const examples = drawn.subarray(part * size, (part + 1) * size);
      batches.push({ step, examples, last: part === parts - 1 });
    }
  }
  return batches;
}

/** B examples of a shuffled order that is shuffled anew when too few are left. */
function shuffledSample({ examples, batch, seed }: Sampling, step: number): Int32Array {
  const perEpoch = Math.max(1, Math.floor(examples / batch));
  const order = permutation({ seed, stream: "batches", step: Math.floor(step / perEpoch) }, examples);
  const place = (step % perEpoch) * batch;
  return order.subarray(place, place + batch);
}
