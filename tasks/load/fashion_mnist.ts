/**
 * Loads Fashion-MNIST.
 *
 * @module
 */
import { task } from "../../lib/dag/task.ts";
import { choiceParams } from "../../lib/data/choice.ts";
import { loadMnistLike, mnistSizes } from "../../lib/data/mnist.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

const garments = [
  "T-shirt/top",
  "trouser",
  "pullover",
  "dress",
  "coat",
  "sandal",
  "shirt",
  "sneaker",
  "bag",
  "ankle boot",
];

/** Loads pictures of clothes (Xiao, Rasul, Vollgraf): `images` uint8 `[n, 28, 28, 1]`, `labels` int32 `[n]`. */
export const loadFashionMnist = task({
  name: "load-fashion-mnist",
  about: "Loads pictures of clothes.",
  params: choiceParams(mnistSizes),
  inputs: {},
  output: Dataset,
  uses: ["fashion-mnist"],
  run: ({ params }) => loadMnistLike("fashion-mnist", garments, params),
});
