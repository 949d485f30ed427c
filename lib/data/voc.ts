/**
 * PASCAL VOC 2012's photographs with segmentations by class.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError } from "./formats/format_error.ts";
import { decodeIndexedPng } from "./formats/indexed_png.ts";
import { jpegSize } from "./formats/jpeg_size.ts";
import {
  chosenOf,
  loadOutlined,
  type Outlined,
  type OutlinedParams,
  refuseOtherSize,
  VOID,
} from "./outlined.ts";

/** The names of the classes; a mask's numbers count them from 1. */
export const vocClasses = [
  ...["aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow"],
  ...["diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train"],
  "tvmonitor",
] as const;

/**
 * Loads photographs with masks of their classes.
 *
 * Needs TensorFlow to be loaded. Fails when a photograph or a mask is missing, damaged, or not as large as the other.
 *
 * @returns `images` uint8 `[n, side, side, 3]`; `masks` uint8 `[n, side, side]`: 0 for the background, 1 to 20 for the
 * classes, 255 for borders and what is hard to tell; `labels` int32 `[n]`: the class of most pixels, counted from 0.
 */
export const loadVocFolder = Effect.fnUntraced(function* (
  { split, side, count }: OutlinedParams,
): Effect.fn.Return<Dataset, DataError | FormatError, Running> {
  const { report } = yield* Running;
  const folder = yield* dataFolder("voc");
  const list = `ImageSets/Segmentation/${split}.txt`;
  const names = new TextDecoder().decode(yield* readDataFile(folder, list)).split(/\s+/).filter(Boolean);
  const chosen = yield* chosenOf(folder, list, names, { split, count });
  const outlined: Outlined[] = [];
  for (const name of chosen) {
    outlined.push(yield* outlinedBy(folder, name));
    report({ step: outlined.length, total: chosen.length, unit: "masks" });
  }
  return yield* loadOutlined(folder, "voc", { split, classes: vocClasses }, side, outlined);
});

const outlinedBy = Effect.fnUntraced(function* (
  folder: DataFolder,
  name: string,
): Effect.fn.Return<Outlined, DataError | FormatError> {
  const [file, mask] = [`JPEGImages/${name}.jpg`, `SegmentationClass/${name}.png`];
  const photograph = yield* readDataFile(folder, file);
  const painted = yield* readDataFile(folder, mask);
  const size = yield* decoding(() => jpegSize(photograph, `JPEG ${file}`));
  const map = yield* decoding(() => decodeIndexedPng(painted, `PNG ${mask}`));
  yield* refuseOtherSize(folder.name, file, size, map);
  const pixels = new Array<number>(256).fill(0);
  map.data.forEach((number) => pixels[number]! += 1);
  const stray = pixels.findIndex((found, number) =>
    found > 0 && number > vocClasses.length && number !== VOID
  );
  const most = Math.max(...pixels.slice(1, vocClasses.length + 1));
  if (stray >= 0 || most === 0) {
    return yield* new DataError({
      message: `The mask ${mask} of ${folder.name} ${
        stray >= 0 ? `has the number ${stray}, which is no class.` : "shows nothing of any class."
      }`,
    });
  }
  return { file, label: pixels.indexOf(most, 1) - 1, map };
});
