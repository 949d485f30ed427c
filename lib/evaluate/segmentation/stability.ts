/**
 * How far attention maps stay where they are when noise is added to the image.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { NoiseLevel } from "../../data/noise_series.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import type { EvaluationError } from "../examples.ts";
import { mapsOf } from "./maps.ts";
import { maskIou } from "./overlap.ts";
import { KEPT, topShare } from "./threshold.ts";

/**
 * Compares the masks of noisy images with those of the same images without noise (arXiv 2308.16271, figures 11 and 12):
 * in the last layer but one, keeping 60 % of the patches.
 *
 * @param maps Maps of what `noiseSeries` made.
 * @returns `levels`, each with `sigma`, `share`, and `iou`, the mean over images and heads; `byChance`, the IoU of two
 * unrelated masks of that size.
 */
export const measureStability = Effect.fnUntraced(function* (
  maps: Dataset,
): Effect.fn.Return<Metrics, EvaluationError | Schema.SchemaError> {
  const levels = yield* Schema.decodeUnknownEffect(Schema.Array(NoiseLevel))(maps.about.levels);
  const { count, layers, heads, grid, scores } = yield* mapsOf(maps);
  const images = count / (levels.length + 1);
  const masksOf = (level: number, image: number) =>
    scores(level * images + image, layers - 2).map((head) => topShare(head, KEPT));
  const clean = Array.from({ length: images }, (_, image) => masksOf(0, image));
  const kept = Math.floor(KEPT * grid * grid) / (grid * grid);
  return {
    levels: levels.map(({ sigma, share }, index) => {
      let sum = 0;
      clean.forEach((masks, image) => {
        const noisy = masksOf(index + 1, image);
        masks.forEach((mask, head) => sum += maskIou(mask, noisy[head]!));
      });
      return { sigma, share, iou: sum / (images * heads) };
    }),
    byChance: kept / (2 - kept),
    data: maps.about.name,
    images,
  };
});
