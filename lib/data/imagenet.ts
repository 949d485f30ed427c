/**
 * ImageNet-1k, from folders of photographs by class.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { type Choice, chosenIndices } from "./choice.ts";
import { DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError } from "./formats/format_error.ts";
import { decodeJpeg } from "./formats/jpeg.ts";

/** How many images each split has; the validation images serve as test images, as is usual. */
export const imagenetSizes = { train: 1_281_167, test: 50_000 } as const;

/** The folder of each split, as the data set unpacks and as torchvision expects it. */
const folders = { train: "train", test: "val" } as const;

/** The side of images as networks see them, and of the square around it: the usual 224 out of 256. */
const SIDE = 224;
const AROUND = 256;

/**
 * Loads photographs as 224 by 224 colours: the short side is scaled to 256, and the middle is cut out.
 *
 * @param choice Which images. All of them take 193 GB of memory.
 * @param sizes How many images there must be; ImageNet-1k's unless given.
 * @returns `images` uint8 `[n, 224, 224, 3]`, `labels` int32 `[n]`: classes in the order of their folders' names.
 */
export function loadImagenetFolders(
  choice: Choice,
  sizes: Readonly<Record<Choice["split"], number>> = imagenetSizes,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const { report } = yield* Running;
    const folder = yield* dataFolder("imagenet");
    const { classes, pictures } = yield* listPictures(folder, choice.split);
    if (pictures.length !== sizes[choice.split]) {
      return yield* new DataError({
        message: `${folder.name} should have ${sizes[choice.split]} images in ${folders[choice.split]}; ` +
          `the folder ${folder.folder} has ${pictures.length}.`,
      });
    }
    const indices = chosenIndices(sizes, choice);
    const images = yield* room(indices.length, folder);
    const labels = new Int32Array(indices.length);
    for (const [place, index] of indices.entries()) {
      const { file, label } = pictures[index]!;
      const bytes = yield* readDataFile(folder, file);
      const picture = yield* decoding(() => decodeJpeg(bytes, `JPEG ${file}`));
      images.set(middleOf(picture, AROUND, SIDE), place * SIDE * SIDE * 3);
      labels[place] = label;
      report({ step: place + 1, total: indices.length, unit: "images" });
    }
    return {
      about: { name: folder.name, split: choice.split, classes },
      tensors: {
        images: tensor("uint8", [indices.length, SIDE, SIDE, 3], images),
        labels: tensor("int32", [indices.length], labels),
      },
    };
  });
}

interface Picture {
  readonly file: string;
  readonly label: number;
}

function listPictures(
  { folder, name }: DataFolder,
  split: Choice["split"],
): Effect.Effect<{ readonly classes: readonly string[]; readonly pictures: readonly Picture[] }, DataError> {
  const names = async (path: string) =>
    (await Array.fromAsync(Deno.readDir(path), (entry) => entry.name)).sort();
  return Effect.tryPromise({
    try: async () => {
      const classes = await names(`${folder}/${folders[split]}`);
      const pictures: Picture[] = [];
      for (const [label, one] of classes.entries()) {
        const inside = `${folders[split]}/${one}`;
        for (const file of await names(`${folder}/${inside}`)) {
          pictures.push({ file: `${inside}/${file}`, label });
        }
      }
      return { classes, pictures };
    },
    catch: (error) =>
      new DataError({ message: `The folders of ${name} cannot be listed: ${(error as Error).message}.` }),
  });
}

function room(count: number, { name }: DataFolder): Effect.Effect<Uint8Array, DataError> {
  return Effect.try({
    try: () => new Uint8Array(count * SIDE * SIDE * 3),
    catch: () =>
      new DataError({
        message:
          `${count} images of ${name} take ${(count * SIDE * SIDE * 3 / 1e9).toFixed(0)} GB of memory, ` +
          "more than there is: load fewer with --set load-imagenet.count.",
      }),
  });
}

/**
 * The middle of a picture: its short side is scaled to `around` pixels, interpolating linearly between four pixels, and
 * `side` by `side` pixels are cut out.
 *
 * @param picture uint8 `[height, width, 3]`.
 * @returns `side · side · 3` bytes.
 */
export function middleOf({ shape, data }: Tensor, around: number, side: number): Uint8Array {
  const [height, width] = shape as [number, number];
  const scale = Math.min(height, width) / around;
  const out = new Uint8Array(side * side * 3);
  const at = (y: number, x: number, channel: number) => Number(data[(y * width + x) * 3 + channel]);
  for (let row = 0; row < side; row++) {
    const y = between(height / 2 + (row + 0.5 - side / 2) * scale - 0.5, height);
    for (let column = 0; column < side; column++) {
      const x = between(width / 2 + (column + 0.5 - side / 2) * scale - 0.5, width);
      for (let channel = 0; channel < 3; channel++) {
        const above = at(y.low, x.low, channel) * (1 - x.share) + at(y.low, x.high, channel) * x.share;
        const below = at(y.high, x.low, channel) * (1 - x.share) + at(y.high, x.high, channel) * x.share;
        out[(row * side + column) * 3 + channel] = Math.round(above * (1 - y.share) + below * y.share);
      }
    }
  }
  return out;
}

/** The pixels around a place, and how far it is from the first to the second. */
function between(place: number, length: number) {
  const inside = Math.min(Math.max(place, 0), length - 1);
  const low = Math.floor(inside);
  return { low, high: Math.min(low + 1, length - 1), share: inside - low };
}
