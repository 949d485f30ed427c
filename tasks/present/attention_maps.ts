import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { bestHeadIou, keepShare } from "../../lib/evaluate/segmentation/best_head.ts";
import { mapsOf, truthsOf } from "../../lib/evaluate/segmentation/maps.ts";
import { KEPT } from "../../lib/evaluate/segmentation/threshold.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Count } from "../../lib/nn/config.ts";
import { attentionMapsFigure } from "../../lib/report/figure_attention_maps.ts";
import { picturesOf } from "../../lib/report/pictures.ts";

/** Draws what the class tokens of CRATE and of ViT attend to in the first `count` images. */
export const drawAttentionMaps = task({
  name: "draw-attention-maps",
  about: "Draws what the class token attends to, head by head.",
  params: Schema.Struct({ count: Count }),
  inputs: { crate: Dataset, vit: Dataset, truth: Dataset },
  output: Figure,
  light: true,
  run: ({ params: { count }, inputs: { crate, vit, truth } }) =>
    Effect.gen(function* () {
      const maps = { CRATE: yield* mapsOf(crate), ViT: yield* mapsOf(vit) };
      const { layers } = maps.CRATE;
      const truths = yield* truthsOf(truth, maps.CRATE);
      const heads = (network: keyof typeof maps, image: number) => maps[network].scores(image, layers - 2);
      const iou = (network: keyof typeof maps) => {
        const ious = truths.flatMap(({ objects }, image) =>
          objects.map(({ patches }) => bestHeadIou(heads(network, image), patches, keepShare(KEPT)))
        );
        return ious.reduce((sum, value) => sum + value, 0) / ious.length;
      };
      const drawn = Array.from({ length: Math.min(count, truths.length) }, (_, image) => image);
      return attentionMapsFigure({
        images: picturesOf(crate.tensors.images!, drawn.length),
        masks: drawn.map((image) => truths[image]!.objects.map(({ pixels }) => pixels)),
        maps: {
          CRATE: drawn.map((image) => heads("CRATE", image)),
          ViT: drawn.map((image) => heads("ViT", image)),
        },
        iou: { CRATE: iou("CRATE"), ViT: iou("ViT") },
        layer: [layers - 1, layers],
      });
    }),
});
