/**
 * MNIST, and Fashion-MNIST, which has its format and its sizes.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { type Choice, chosenIndices, takeRows } from "./choice.ts";
import { type DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError, malformed } from "./formats/format_error.ts";
import { decodeIdx } from "./formats/idx.ts";

/** How many images each split has. */
export const mnistSizes = { train: 60_000, test: 10_000 } as const;

const prefixes = { train: "train", test: "t10k" } as const;

/**
 * Loads images of 28 by 28 grey levels in ten classes.
 *
 * @param capability The capability that prepared the four IDX files.
 * @param classes The names of the classes, by label.
 * @param choice Which examples.
 * @returns `images` uint8 `[n, 28, 28, 1]`, `labels` int32 `[n]` and `indices` int32 `[n]`: the place of each example
 * in the original file.
 */
export function loadMnistLike(
  capability: string,
  classes: readonly string[],
  choice: Choice,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const folder = yield* dataFolder(capability);
    const size = mnistSizes[choice.split];
    const images = yield* readIdx(folder, `${prefixes[choice.split]}-images-idx3-ubyte`, [size, 28, 28]);
    const labels = yield* readIdx(folder, `${prefixes[choice.split]}-labels-idx1-ubyte`, [size]);
    const indices = chosenIndices(mnistSizes, choice);
    return {
      about: { name: folder.name, split: choice.split, classes },
      tensors: {
        images: tensor("uint8", [indices.length, 28, 28, 1], takeRows(images, 28 * 28, indices)),
        labels: tensor("int32", [indices.length], indices.map((index) => labels[index]!)),
        indices: tensor("int32", [indices.length], indices),
      },
    };
  });
}

function readIdx(folder: DataFolder, file: string, expected: readonly number[]) {
  return Effect.gen(function* () {
    const bytes = yield* readDataFile(folder, file);
    return yield* decoding(() => {
      const { dtype, shape, data } = decodeIdx(bytes, `IDX ${file}`);
      if (dtype !== "uint8" || shape.join() !== expected.join()) {
        throw malformed(`IDX ${file}`, "its shape", `uint8 [${expected}]`, `${dtype} [${shape}]`);
      }
      return data as Uint8Array;
    });
  });
}
