/**
 * Loads CIFAR-10.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { choiceParams } from "../../lib/data/choice.ts";
import { cifarSizes, loadCifar } from "../../lib/data/cifar10.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Loads small photographs (Krizhevsky): `images` uint8 `[n, 32, 32, 3]`, `labels` int32 `[n]`. */
export const loadCifar10 = task({
  name: "load-cifar10",
  about: "Loads small photographs of ten classes.",
  params: choiceParams(cifarSizes),
  inputs: {},
  output: Dataset,
  uses: ["cifar10"],
  run: ({ params }) => loadCifar(params),
});
