/**
 * Photographs with maps of the things in them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { DataError, type DataFolder } from "./folder.ts";
import type { PixelMap } from "./formats/indexed_png.ts";
import { readPhotographs } from "./photograph_stream.ts";
import { Count } from "../nn/config.ts";
import { middleOfMap } from "./pixel_maps.ts";
import { permutation } from "./random.ts";

/** The number of pixels that belong to nothing in particular, and count neither for nor against. */
export const VOID = 255;

/** Which photographs with masks, and how large: the parameters of the tasks that load them. */
export const OutlinedParams = Schema.Struct({
  /** The official split. */
  split: Schema.Literals(["train", "val"]),
  /** The side of the squares, in pixels. */
  side: Count,
  /** How many; all unless given. Fewer are among more. */
  count: Schema.optionalKey(Count),
});

/** Which photographs with masks, and how large. */
export type OutlinedParams = typeof OutlinedParams.Type;

/** A photograph and the things in it. */
export interface Outlined {
  /** The photograph's file, inside the data's folder. */
  readonly file: string;
  /** The label of the photograph. */
  readonly label: number;
  /** What is where: 0 for nothing, 255 for what does not count. */
  readonly map: PixelMap;
}

/**
 * Loads photographs with their maps as squares: the short side is scaled, and the middle is taken.
 *
 * Needs TensorFlow to be loaded.
 *
 * @param folder The data's folder.
 * @param capability The capability of that folder.
 * @param about What the result says of itself, the classes included.
 * @param side The side of the result in pixels.
 * @param outlined The photographs, one by one.
 * @returns `images` uint8 `[n, side, side, 3]`, `labels` int32 `[n]`, `masks` uint8 `[n, side, side]`.
 */
export const loadOutlined = Effect.fnUntraced(function* (
  folder: DataFolder,
  capability: string,
  about: { readonly split: string; readonly classes: readonly string[] },
  side: number,
  outlined: readonly Outlined[],
): Effect.fn.Return<Dataset, DataError, Running> {
  const { name } = folder;
  const sizes = Int32Array.from(outlined, ({ file }) => Deno.statSync(`${folder.folder}/${file}`).size);
  const labels = Int32Array.from(outlined, ({ label }) => label);
  const files = outlined.map(({ file }) => file);
  const images = yield* readPhotographs({ name, ...about, capability, files, sizes, labels }, {
    view: { kind: "middle", around: side },
    side,
  });
  const masks = new Uint8Array(outlined.length * side * side);
  outlined.forEach(({ map }, index) => masks.set(middleOfMap(map, side), index * side * side));
  return {
    about: { name, ...about },
    tensors: {
      images: tensor("uint8", [outlined.length, side, side, 3], images),
      labels: tensor("int32", [outlined.length], labels),
      masks: tensor("uint8", [outlined.length, side, side], masks),
    },
  };
});

/** The beginning of a shuffled list; fails when there are too few. */
export function chosenOf<A>(
  { name }: DataFolder,
  list: string,
  all: readonly A[],
  { split, count = all.length }: { readonly split: string; readonly count?: number | undefined },
): Effect.Effect<readonly A[], DataError> {
  if (all.length < count || all.length === 0) {
    return Effect.fail(
      new DataError({
        message: `${count || "Some"} photographs of ${name} are wanted; ${list} names ${all.length}.`,
      }),
    );
  }
  const order = permutation({ seed: 0, stream: `examples/${split}` }, all.length).subarray(0, count);
  return Effect.succeed(Array.from(order, (index) => all[index]!));
}

/** Refuses a map that is not as large as its photograph. */
export function refuseOtherSize(
  name: string,
  file: string,
  photograph: { readonly height: number; readonly width: number },
  map: PixelMap,
): Effect.Effect<void, DataError> {
  if (map.height === photograph.height && map.width === photograph.width) return Effect.void;
  return Effect.fail(
    new DataError({
      message: `The photograph ${file} of ${name} has ${photograph.width} by ${photograph.height} pixels; ` +
        `its map has ${map.width} by ${map.height}.`,
    }),
  );
}
