/**
 * Label noise as people make it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../lib/dag/running.ts";
import { task } from "../../lib/dag/task.ts";
import { corrupted } from "../../lib/data/corruption.ts";
import { DataError } from "../../lib/data/folder.ts";
import {
  alignment,
  type HumanLabels,
  leastDeviations,
  officialPlaces,
  readHumanLabels,
} from "../../lib/data/human_labels.ts";
import { imagesOf, labelsOf } from "../../lib/data/labelled.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { tensor } from "../../lib/tensor/array.ts";

/**
 * Replaces the labels of CIFAR-10's training images by those that people gave them; the true ones stay as `trueLabels`,
 * int32 `[n]`. Before that it tests on `witnesses`, the same files' images but more of them, that the labels are of these
 * images, and refuses when they are not.
 */
export const humanNoise = task({
  name: "human-noise",
  about: "Replaces the labels of CIFAR-10 by those that people gave.",
  params: Schema.Struct({ labels: Schema.Literals(["aggregate", "worse", "random1", "random2", "random3"]) }),
  inputs: { data: Dataset, witnesses: Dataset },
  output: Dataset,
  uses: ["cifar10n"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { data, witnesses } }) =>
    Effect.gen(function* () {
      const { log } = yield* Running;
      const seen = yield* humanLabelsOf(witnesses, params.labels);
      const { mistakes, deviations } = alignment(yield* imagesOf(witnesses), seen.clean, seen.human);
      log(
        `${mistakes} of ${seen.clean.length} labels differ; they lean to what is seen by ${
          deviations.toFixed(1)
        } σ`,
      );
      if (deviations < leastDeviations) {
        const message =
          `The images of ${witnesses.about.name} do not fit people's mistakes (${
            deviations.toFixed(1)
          } standard ` +
          `deviations from chance, ${leastDeviations} are needed): the labels are of other images, or ` +
          `${seen.clean.length} images are too few to tell.`;
        return yield* new DataError({ message });
      }
      const { human, clean } = yield* humanLabelsOf(data, params.labels);
      return corrupted(data, { "human-noise": params }, {
        labels: tensor("int32", [human.length], human),
        trueLabels: data.tensors.trueLabels ?? tensor("int32", [clean.length], clean),
      });
    }),
});

/** The true labels of CIFAR-10's training images, and those that people gave. */
const humanLabelsOf = Effect.fnUntraced(function* (
  data: Dataset,
  which: HumanLabels,
): Effect.fn.Return<{ readonly clean: Int32Array; readonly human: Int32Array }, DataError, Running> {
  const refuse = (message: string) => new DataError({ message: `${data.about.name} ${message}` });
  const { data: labels } = yield* labelsOf(data);
  const indices = data.tensors.indices?.data;
  if (!(indices instanceof Int32Array) || data.about.split !== "train") {
    return yield* refuse(
      "is not CIFAR-10's training set as load-cifar10 loads it: people labelled only that.",
    );
  }
  const places = officialPlaces(indices, labels, yield* readHumanLabels("clean"));
  if (places === undefined) {
    return yield* refuse(
      "has other true labels than the images that people labelled: load CIFAR-10 unchanged.",
    );
  }
  const human = yield* readHumanLabels(which);
  return { clean: labels, human: Int32Array.from(places, (place) => human[place]!) };
});
