/**
 * ImageNet-1k, from folders of photographs by class.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { type Choice, chosenIndices, type SplitSizes } from "./choice.ts";
import { DataError, dataFolder } from "./folder.ts";
import { readPhotographs } from "./photograph_stream.ts";
import { listPhotographs, type Photographs, photographsDataset, takePhotographs } from "./photographs.ts";

/** How many images each split has; the validation images serve as test images, as is usual. */
export const imagenetSizes = { train: 1_281_167, test: 50_000 } as const;

/** The folder of each split, as the data set unpacks and as torchvision expects it. */
const folders = { train: "train", test: "val" } as const;

/** The side of images as networks see them, and of the square around it: the usual 224 out of 256. */
const SIDE = 224;
const AROUND = 256;

/**
 * Lists photographs without reading them, for trainings that do so as they go.
 *
 * Fails with a {@linkcode DataError} when there are more or fewer than there must be.
 *
 * @param capability The capability of the folder: `imagenet`, or `imagenet-folders` to be told when files come or go.
 * @param choice Which ones.
 * @param sizes How many there must be; ImageNet-1k's unless given.
 */
export const listImagenetFolders = Effect.fnUntraced(function* (
  capability: string,
  choice: Choice,
  sizes: SplitSizes = imagenetSizes,
): Effect.fn.Return<Dataset, DataError, Running> {
  return photographsDataset(yield* listed(capability, choice, sizes));
});

/**
 * Loads photographs as 224 by 224 colours: the short side is scaled to 256, and the middle is cut out.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode DataError} that names the file which cannot be read.
 *
 * @param choice Which images. All of them take 193 GB of memory.
 * @param sizes How many images there must be; ImageNet-1k's unless given.
 * @returns `images` uint8 `[n, 224, 224, 3]`, `labels` int32 `[n]`: classes in the order of their folders' names.
 */
export const loadImagenetFolders = Effect.fnUntraced(function* (
  choice: Choice,
  sizes: SplitSizes = imagenetSizes,
): Effect.fn.Return<Dataset, DataError, Running> {
  const { name, split, classes, ...photographs } = yield* listed("imagenet", choice, sizes);
  const images = yield* readPhotographs({ name, split, classes, ...photographs }, {
    view: { kind: "middle", around: AROUND },
    side: SIDE,
  });
  return {
    about: { name, split, classes },
    tensors: {
      images: tensor("uint8", [photographs.files.length, SIDE, SIDE, 3], images),
      labels: tensor("int32", [photographs.labels.length], photographs.labels),
    },
  };
});

/**
 * Lists ImageNet-21k's photographs, of which there is one split. Its releases differ, so that there may be any number.
 *
 * @param choice How many; all unless given. Fewer are among more.
 */
export const listImagenet21kFolders = Effect.fnUntraced(function* (
  { split, count }: { readonly split: "train"; readonly count?: number },
): Effect.fn.Return<Dataset, DataError, Running> {
  const folder = yield* dataFolder("imagenet21k-folders");
  const all = yield* listPhotographs(folder, "imagenet21k", "train", split);
  const size = all.files.length;
  if (count !== undefined && count > size) {
    return yield* new DataError({
      message: `${count} photographs of ${folder.name} are wanted; ${folder.folder} has ${size}.`,
    });
  }
  const chosen = chosenIndices({ train: size, test: 0 }, {
    split,
    ...(count === undefined ? {} : { count }),
  });
  return photographsDataset(takePhotographs(all, chosen));
});

const listed = Effect.fnUntraced(function* (
  capability: string,
  choice: Choice,
  sizes: SplitSizes,
): Effect.fn.Return<Photographs, DataError, Running> {
  const folder = yield* dataFolder(capability);
  const part = folders[choice.split];
  // Whoever reads them declares the folder, not when it changed.
  const all = yield* listPhotographs(folder, "imagenet", part, choice.split);
  if (all.files.length !== sizes[choice.split]) {
    return yield* new DataError({
      message: `${folder.name} should have ${sizes[choice.split]} images in ${part}; ` +
        `the folder ${folder.folder} has ${all.files.length}.`,
    });
  }
  return takePhotographs(all, chosenIndices(sizes, choice));
});
