/**
 * A dataset changed on purpose, which says so.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Tensor } from "../tensor/array.ts";

/**
 * Replaces tensors of a dataset, and adds to `about.corruptions` what was done to it.
 *
 * @param dataset What it was.
 * @param what What was done, with its parameters: `{ "label-noise": { rate: 0.2, seed: 1 } }`.
 * @param tensors The tensors that are new.
 */
export function corrupted(
  dataset: Dataset,
  what: { readonly [name: string]: Json },
  tensors: Readonly<Record<string, Tensor>>,
): Dataset {
  const { corruptions } = dataset.about;
  return {
    about: { ...dataset.about, corruptions: [...(Array.isArray(corruptions) ? corruptions : []), what] },
    tensors: { ...dataset.tensors, ...tensors },
  };
}
