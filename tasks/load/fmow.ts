/**
 * Loads fMoW.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { FmowChoice, loadFmowImages } from "../../lib/data/fmow.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads satellite images of uses of land from the user's own copy: `images` uint8 `[n, side, side, 3]`, `labels`. */
export const loadFmow = task({
  name: "load-fmow",
  about: "Loads satellite images of 62 uses of land.",
  params: FmowChoice,
  inputs: {},
  output: Dataset,
  uses: ["fmow"],
  run: ({ params }) => loadFmowImages(params),
});
