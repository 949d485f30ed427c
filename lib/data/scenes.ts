/**
 * Scenes: one thing on a background, with its exact outline.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { type Cutout, paste, resized } from "./cutout.ts";
import { DataError } from "./folder.ts";
import { type Images, imagesOf } from "./labelled.ts";
import { uniform } from "./random.ts";
import { Pixels } from "./ranges.ts";

/** How scenes are composed: the parameters of the tasks that do. */
export const SceneParams = Schema.Struct({
  /** Whether things are those to train on or others of the same groups, which are only tested on. */
  split: Schema.Literals(["train", "test"]),
  /** The least side of a thing, in pixels. */
  least: Pixels,
  /** The greatest. */
  most: Pixels,
  /** The seed of what is where. */
  seed: Schema.Int,
}).check(
  Schema.makeFilter(({ least, most }) =>
    least <= most ? undefined : { path: ["most"], issue: `must be at least ${least}, the least side` }
  ),
);

/** How scenes are composed. */
export type SceneParams = typeof SceneParams.Type;

/** Things of one group, which share a label. */
export interface Group {
  /** What they are called. */
  readonly name: string;
  /** The things. */
  readonly cutouts: readonly Cutout[];
}

/** Red, green, blue. */
const CHANNELS = 3;

/** The pictures of a dataset as backgrounds; fails when they are not square, not coloured, or too small for things. */
export const backgroundsOf = Effect.fnUntraced(function* (
  data: Dataset,
  { most }: SceneParams,
): Effect.fn.Return<Images, DataError> {
  const images = yield* imagesOf(data);
  const { height, width, channels } = images;
  if (height === width && channels === CHANNELS && most <= width) return images;
  return yield* new DataError({
    message: `Backgrounds are squares of ${CHANNELS} channels, at least ${most} pixels wide, but ` +
      `${data.about.name} has ${height}×${width}×${channels}: take others, or paste smaller things.`,
  });
});

/**
 * Pastes one thing on each background: of a group, a size and a place that are drawn uniformly.
 *
 * @param groups Groups in the order of their labels. A thing's largest side fits the backgrounds.
 * @param backgrounds Colour pictures, one for each scene; square.
 * @param name The true name of what comes out.
 * @returns `images` uint8 `[n, side, side, 3]`, `labels` int32 `[n]`, `masks` uint8 `[n, side, side]`, 1 on the thing.
 */
export function composeScenes(
  groups: readonly Group[],
  { count, width: side, data }: Images,
  { split, least, most, seed }: SceneParams,
  name: string,
): Dataset {
  const images = data.slice();
  const masks = new Uint8Array(count * side * side);
  const labels = new Int32Array(count);
  const sized = sizes(groups);
  for (let scene = 0; scene < count; scene++) {
    const draws = uniform({ seed, stream: `scenes/${split}`, step: scene }, 5);
    const pick = (draw: number, choices: number) => Math.floor(draws[draw]! * choices);
    const label = pick(0, groups.length);
    const thing = pick(1, groups[label]!.cutouts.length);
    const cutout = sized(label, thing, least + pick(2, most - least + 1));
    const room = side - cutout.side + 1;
    paste(
      cutout,
      images.subarray(scene * side * side * CHANNELS, (scene + 1) * side * side * CHANNELS),
      masks.subarray(scene * side * side, (scene + 1) * side * side),
      { side, left: pick(3, room), top: pick(4, room) },
    );
    labels[scene] = label;
  }
  return {
    about: { name, split, classes: groups.map(({ name }) => name) },
    tensors: {
      images: tensor("uint8", [count, side, side, CHANNELS], images),
      labels: tensor("int32", [count], labels),
      masks: tensor("uint8", [count, side, side], masks),
    },
  };
}

/** Things at a size, each made once. */
function sizes(groups: readonly Group[]): (label: number, thing: number, side: number) => Cutout {
  const made = new Map<string, Cutout>();
  return (label, thing, side) => {
    const key = [label, thing, side].join();
    const known = made.get(key);
    if (known !== undefined) return known;
    const cutout = resized(groups[label]!.cutouts[thing]!, side);
    made.set(key, cutout);
    return cutout;
  };
}
