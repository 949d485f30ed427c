/**
 * Objects found by MaskCut in the features of attention maps, and how many of them are right.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import { tensor } from "../../tensor/array.ts";
import type { EvaluationError } from "../examples.ts";
import { averagePrecision, type Detections } from "./average_precision.ts";
import { mapsOf, truthsOf } from "./maps.ts";
import { type MaskCut, maskCut } from "./mask_cut.ts";
import { type Box, boxAround, boxIou, maskIou } from "./overlap.ts";
import { pixelMask } from "./patches.ts";

/**
 * Finds objects in the last layer but one.
 *
 * @returns `cuts` uint8 [images, objects, grid, grid], empty where fewer objects were found.
 */
export const cutMaps = Effect.fnUntraced(function* (
  maps: Dataset,
  settings: MaskCut,
): Effect.fn.Return<Dataset, EvaluationError> {
  const { count, grid, features } = yield* mapsOf(maps);
  const size = grid * grid;
  const cuts = new Uint8Array(count * settings.objects * size);
  for (let image = 0; image < count; image++) {
    maskCut(features(image), settings).forEach((mask, object) =>
      cuts.set(mask, (image * settings.objects + object) * size)
    );
    yield* Effect.yieldNow; // lets an interruption through
  }
  return {
    about: { ...maps.about, maskCut: settings as unknown as Json },
    tensors: { cuts: tensor("uint8", [count, settings.objects, grid, grid], cuts) },
  };
});

/**
 * The average precision of objects found, as if all objects were of one class. All are equally sure, as in CutLER, and
 * count in the order of the images.
 *
 * @param cuts What {@linkcode cutMaps} made.
 * @param truth A dataset with `masks`, whose first images those are.
 * @returns `box` and `mask`, each with `ap`, `ap50` and `ap75` in percent; `found`, objects an image.
 */
export const measureDetection = Effect.fnUntraced(function* (
  cuts: Dataset,
  maps: Dataset,
  truth: Dataset,
): Effect.fn.Return<Metrics, EvaluationError> {
  const found = yield* mapsOf(maps);
  const truths = yield* truthsOf(truth, found);
  const masks = truths.map(({ side }, image) =>
    cutsOf(cuts, image).map((patches) => pixelMask(patches, found.grid, side))
  );
  const precision = (iou: (one: Uint8Array, other: Uint8Array, side: number) => number) =>
    percent(averagePrecision(truths.map(({ side, objects }, image): Detections => ({
      scores: masks[image]!.map(() => 1),
      overlaps: masks[image]!.map((mask) => objects.map(({ pixels }) => iou(mask, pixels, side))),
      truths: objects.length,
    }))));
  const box = (pixels: Uint8Array, side: number) => boxAround(pixels, side) as Box; // no mask is empty
  return {
    box: precision((one, other, side) => boxIou(box(one, side), box(other, side))),
    mask: precision(maskIou),
    found: masks.reduce((sum, cut) => sum + cut.length, 0) / masks.length,
    data: truth.about.name,
    images: found.count,
  };
});

/** The objects found in an image: masks of patches. */
export function cutsOf({ tensors }: Dataset, image: number): readonly Uint8Array[] {
  const { shape: [, objects, grid], data } = tensors.cuts!;
  const size = grid! * grid!;
  return Array.from({ length: objects! }, (_, object) => {
    const start = (image * objects! + object) * size;
    return (data as Uint8Array).subarray(start, start + size);
  }).filter((mask) => mask.includes(1));
}

function percent<Name extends string>(shares: Readonly<Record<Name, number>>): Record<Name, number> {
  const scaled = Object.entries<number>(shares).map(([name, share]) => [name, 100 * share]);
  return Object.fromEntries(scaled) as Record<Name, number>;
}
