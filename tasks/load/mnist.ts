/**
 * Loads MNIST.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { choiceParams } from "../../lib/data/choice.ts";
import { loadMnistLike, mnistSizes } from "../../lib/data/mnist.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** Loads handwritten digits (LeCun, Cortes, Burges): `images` uint8 `[n, 28, 28, 1]`, `labels` int32 `[n]`. */
export const loadMnist = task({
  name: "load-mnist",
  about: "Loads handwritten digits.",
  params: choiceParams(mnistSizes),
  inputs: {},
  output: Dataset,
  uses: ["mnist"],
  run: ({ params }) => loadMnistLike("mnist", digits, params),
});
