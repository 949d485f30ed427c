import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { cutsOf } from "../../lib/evaluate/segmentation/detect.ts";
import { objectsOf } from "../../lib/evaluate/segmentation/maps.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Count } from "../../lib/nn/config.ts";
import { type EmergenceNetwork, emergenceNetworks } from "../../lib/report/emergence_networks.ts";
import { objectViewsFigure } from "../../lib/report/figure_object_views.ts";
import { picturesOf } from "../../lib/report/pictures.ts";

/** Draws the principal components of networks' keys and the objects that MaskCut finds in the first `count` images. */
export const drawObjectViews = task({
  name: "draw-object-views",
  about: "Draws principal components of keys, and objects cut out.",
  params: Schema.Struct({
    count: Count,
    networks: Schema.Array(Schema.Literals(Object.keys(emergenceNetworks) as EmergenceNetwork[])),
  }),
  inputs: { truth: Dataset, views: many(Dataset), cuts: many(Dataset) },
  output: Figure,
  light: true,
  run: ({ params: { count, networks }, inputs: { truth, views, cuts } }) =>
    Effect.sync(() => {
      const images = picturesOf(truth.tensors.images!, count);
      const masks = picturesOf(truth.tensors.masks!, count).map(({ data }) => objectsOf(data));
      return objectViewsFigure(
        images,
        masks,
        networks.map((network, place) => ({
          name: emergenceNetworks[network].name,
          colours: picturesOf(views[place]!.tensors.colours!, count),
          cuts: images.map((_, image) => cutsOf(cuts[place]!, image)),
          grid: cuts[place]!.tensors.cuts!.shape[2]!,
        })),
      );
    }),
});
