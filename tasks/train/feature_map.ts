import * as Effect from "effect/Effect";
import { task } from "../../lib/dag/task.ts";
import { imagesOf } from "../../lib/data/labelled.ts";
import { FeatureMap, makeFeatureMap } from "../../lib/federated/frozen_features.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Makes frozen features of images: random filters, whitened on images that no client has. */
export const featureMap = task({
  name: "feature-map",
  about: "Makes frozen features on images of no client.",
  params: FeatureMap,
  inputs: { images: Dataset },
  output: Checkpoint,
  resources: { cores: 1, memory: 500 },
  run: ({ params, inputs }) =>
    Effect.map(imagesOf(inputs.images), (images) => makeFeatureMap(images, params)),
});
