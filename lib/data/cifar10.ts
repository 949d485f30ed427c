/**
 * CIFAR-10, from its official binary batches or from JPEG files.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { type Choice, chosenIndices, takeRows } from "./choice.ts";
import { type DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { decodeCifar, type LabelledImages } from "./formats/cifar.ts";
import { decoding, type FormatError, malformed } from "./formats/format_error.ts";
import { decodeJpeg } from "./formats/jpeg.ts";
import { decodeTar } from "./formats/tar.ts";

/** How many images each split has. */
export const cifarSizes = { train: 50_000, test: 10_000 } as const;

/** The names of the classes, by label. */
export const cifarClasses = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
] as const;

const pixels = 32 * 32 * 3;
const batchSize = 10_000;

/** The archive of JPEG files: `{train,test}/<class>/NNNN.jpg`. */
const pictures = "cifar10-jpeg.tar";

/**
 * Loads images of 32 by 32 colours in ten classes.
 *
 * Whether they are the official pixels or a lossy re-encoding is for the folder to say: its name becomes the data's.
 *
 * @returns `images` uint8 `[n, 32, 32, 3]`, `labels` int32 `[n]` and `indices` int32 `[n]`: the place of each example in
 * the official files. JPEG files have no order across classes; there, example `i` is picture ⌊i / 10⌋ of class i mod 10.
 */
export function loadCifar(choice: Choice): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const folder = yield* dataFolder("cifar10");
    const indices = chosenIndices(cifarSizes, choice);
    const read = folder.files.includes(pictures) ? readPictures : readBatches;
    const { images, labels } = yield* read(folder, choice.split, indices);
    return {
      about: { name: folder.name, split: choice.split, classes: cifarClasses },
      tensors: {
        images: tensor("uint8", [indices.length, 32, 32, 3], images),
        labels: tensor("int32", [indices.length], labels),
        indices: tensor("int32", [indices.length], indices),
      },
    };
  });
}

type Read = (
  folder: DataFolder,
  split: Choice["split"],
  indices: Int32Array,
) => Effect.Effect<LabelledImages, DataError | FormatError, Running>;

const readBatches: Read = (folder, split, indices) =>
  Effect.gen(function* () {
    const files = split === "test"
      ? ["test_batch.bin"]
      : [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.bin`);
    const images = new Uint8Array(files.length * batchSize * pixels);
    const labels = new Int32Array(files.length * batchSize);
    for (const [place, file] of files.entries()) {
      const bytes = yield* readDataFile(folder, file);
      const batch = yield* decoding(() => decodeCifar(bytes, `CIFAR-10 ${file}`));
      if (batch.labels.length !== batchSize) {
        return yield* malformed(
          `CIFAR-10 ${file}`,
          "the end",
          `${batchSize} pictures`,
          `${batch.labels.length}`,
        );
      }
      images.set(batch.images, place * batch.images.length);
      labels.set(batch.labels, place * batchSize);
    }
    return {
      images: takeRows(images, pixels, indices),
      labels: Int32Array.from(indices, (index) => labels[index]!),
    };
  });

const readPictures: Read = (folder, split, indices) =>
  Effect.gen(function* () {
    const { report } = yield* Running;
    const archive = yield* readDataFile(folder, pictures);
    const files = yield* decoding(() => decodeTar(archive, `tar ${pictures}`));
    const images = new Uint8Array(indices.length * pixels);
    for (const [place, index] of indices.entries()) {
      const number = String(Math.floor(index / 10)).padStart(4, "0");
      images.set(
        yield* decoding(() => decodePicture(files, `${split}/${cifarClasses[index % 10]}/${number}.jpg`)),
        place * pixels,
      );
      if ((place + 1) % 500 === 0) report({ step: place + 1, total: indices.length, unit: "images" });
    }
    return { images, labels: Int32Array.from(indices, (index) => index % 10) };
  });

function decodePicture(files: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array {
  const file = files.get(path);
  if (file === undefined) throw malformed(`tar ${pictures}`, "its files", path, "none of that name");
  const { shape, data } = decodeJpeg(file, `JPEG ${path}`);
  if (shape.join() !== "32,32,3") {
    throw malformed(`JPEG ${path}`, "its size", "32 by 32", `${shape[1]} by ${shape[0]}`);
  }
  return data as Uint8Array;
}
