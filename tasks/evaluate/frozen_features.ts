import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { imagesOf } from "../../lib/data/labelled.ts";
import { applyFeatureMap } from "../../lib/federated/frozen_features.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";

/** Replaces one client's images by their frozen features, float32 `[n, d]`. */
export const frozenFeatures = task({
  name: "frozen-features",
  about: "Replaces one client's images by their frozen features.",
  params: Schema.Struct({}),
  inputs: { map: Checkpoint, data: Dataset },
  output: Dataset,
  resources: { cores: 1, memory: 300 },
  run: ({ inputs: { map, data } }) =>
    Effect.map(imagesOf(data), (images) => ({
      about: data.about,
      tensors: { features: applyFeatureMap(images, map), labels: data.tensors.labels! },
    })),
});
