/**
 * COCO 2017's photographs with outlines of each thing.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { CocoOutline, outlinePixels } from "./formats/coco_mask.ts";
import { decoding, type FormatError } from "./formats/format_error.ts";
import type { PixelMap } from "./formats/indexed_png.ts";
import { jpegSize } from "./formats/jpeg_size.ts";
import {
  chosenOf,
  loadOutlined,
  type Outlined,
  type OutlinedParams,
  refuseOtherSize,
  VOID,
} from "./outlined.ts";

const Photograph = Schema.Struct({
  id: Schema.Int,
  file_name: Schema.String,
  height: Schema.Int,
  width: Schema.Int,
});

const Annotation = Schema.Struct({
  image_id: Schema.Int,
  category_id: Schema.Int,
  segmentation: CocoOutline,
  iscrowd: Schema.Literals([0, 1]),
});

const Instances = Schema.fromJsonString(Schema.Struct({
  images: Schema.Array(Photograph),
  annotations: Schema.Array(Annotation),
  categories: Schema.Array(Schema.Struct({ id: Schema.Int, name: Schema.String })),
}));

type Photograph = typeof Photograph.Type;
type Annotation = typeof Annotation.Type;

/**
 * Loads photographs with masks of the things in them. Photographs without any are left out.
 *
 * Needs TensorFlow to be loaded. Fails when the annotations are not COCO's, or when a photograph is missing or not as large
 * as they say.
 *
 * @returns `images` uint8 `[n, side, side, 3]`; `masks` uint8 `[n, side, side]`: 0 for the background, 255 for crowds, other
 * numbers for things, the larger ones below; `labels` int32 `[n]`: the class of the largest thing.
 */
export const loadCocoFolder = Effect.fnUntraced(function* (
  { split, side, count }: OutlinedParams,
): Effect.fn.Return<Dataset, DataError | FormatError, Running> {
  const { report } = yield* Running;
  const folder = yield* dataFolder("coco");
  const list = `annotations/instances_${split}2017.json`;
  const { images, annotations, categories } = yield* readInstances(folder, list);
  const of = Map.groupBy(annotations, ({ image_id }) => image_id);
  const withThings = images.filter(({ id }) => of.get(id)?.some(({ iscrowd }) => iscrowd === 0));
  const chosen = yield* chosenOf(folder, list, withThings, { split, count });
  const sorted = categories.toSorted((a, b) => a.id - b.id);
  const outlined: Outlined[] = [];
  for (const photograph of chosen) {
    const file = `${split}2017/${photograph.file_name}`;
    const bytes = yield* readDataFile(folder, file);
    yield* refuseOtherSize(folder.name, file, yield* decoding(() => jpegSize(bytes, `JPEG ${file}`)), {
      ...photograph,
      data: new Uint8Array(0),
    });
    const { map, category } = yield* decoding(() => mapOf(photograph, of.get(photograph.id)!, list));
    const label = sorted.findIndex(({ id }) => id === category);
    outlined.push({ file, label, map });
    report({ step: outlined.length, total: chosen.length, unit: "masks" });
  }
  return yield* loadOutlined(
    folder,
    "coco",
    { split, classes: sorted.map(({ name }) => name) },
    side,
    outlined,
  );
});

function readInstances(folder: DataFolder, list: string) {
  return readDataFile(folder, list).pipe(
    Effect.flatMap((bytes) => Schema.decodeUnknownEffect(Instances)(new TextDecoder().decode(bytes))),
    Effect.mapError((error) =>
      error instanceof DataError ? error : new DataError({
        message: `${list} of ${folder.name} should be COCO's instances: ${
          error.message.split("\n").join(" ")
        }.`,
      })
    ),
  );
}

/** Paints a photograph's things, the larger ones first, and tells the category of the largest. */
function mapOf(
  { height, width }: Photograph,
  annotations: readonly Annotation[],
  source: string,
): { readonly map: PixelMap; readonly category: number } {
  const things = annotations.map(({ segmentation, category_id: category, iscrowd }) => {
    const pixels = outlinePixels(segmentation, height, width, `outline in ${source}`);
    return { pixels, category, crowd: iscrowd === 1, area: pixels.reduce((sum, pixel) => sum + pixel, 0) };
  });
  // Crowds lie below all.
  const painted = things.toSorted((a, b) => Number(b.crowd) - Number(a.crowd) || b.area - a.area);
  const data = new Uint8Array(height * width);
  let number = 0;
  for (const { pixels, crowd } of painted) {
    const paint = crowd ? VOID : Math.min(++number, VOID - 1);
    pixels.forEach((inside, at) => {
      if (inside === 1) data[at] = paint;
    });
  }
  return { map: { height, width, data }, category: painted.find(({ crowd }) => !crowd)!.category };
}
