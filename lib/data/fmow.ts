/**
 * fMoW, satellite images of 62 uses of land, with the shift in time of WILDS (Koh et al., 2021).
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { halveImages } from "./colour.ts";
import { DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError, malformed } from "./formats/format_error.ts";
import { decodePng } from "./formats/png.ts";
import type { Images } from "./labelled.ts";
import { permutation } from "./random.ts";

/** The table of all images, and the side of each in pixels, as WILDS 1.1 has them. */
const METADATA = "rgb_metadata.csv";
const SIDE = 224;

/** Images before this year are in distribution; those since the other are the shift. WILDS validates on those between. */
const BEFORE = 2013;
const SINCE = 2016;

/** Which images. */
export const FmowChoice = Schema.Struct({
  /** Years before 2013 for training and as a test in distribution, or the shift: test images of 2016 and 2017. */
  part: Schema.Literals(["train", "test", "shifted"]),
  /** How many. */
  count: Schema.Int.check(Schema.isGreaterThan(0)),
  /** The seed of the order in which they come. */
  seed: Schema.Int,
  /** The side to which images are halved. */
  side: Schema.Literals([224, 112, 56, 28]),
});

/** Which images. */
export type FmowChoice = typeof FmowChoice.Type;

/**
 * Loads satellite images.
 *
 * @returns `images` uint8 `[count, side, side, 3]`, `labels` int32 `[count]`: classes in alphabetical order.
 */
export function loadFmowImages(
  { part, count, seed, side }: FmowChoice,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const { report } = yield* Running;
    const folder = yield* dataFolder("fmow");
    const { classes, labels, places } = yield* readMetadata(folder, part);
    if (places.length < count) {
      return yield* new DataError({
        message: `${folder.name} has ${places.length} images for the part ${part}: ${count} were asked for.`,
      });
    }
    const order = permutation({ seed, stream: `examples/fmow/${part}` }, places.length).subarray(0, count);
    const chosen = Int32Array.from(order, (place) => places[place]!);
    const images = new Uint8Array(count * side * side * 3);
    for (const [place, image] of chosen.entries()) {
      const file = `images/rgb_img_${image}.png`;
      const bytes = yield* readDataFile(folder, file);
      const picture = yield* decoding(() => squareOf(bytes, file));
      images.set(halvedTo(side, picture).data, place * side * side * 3);
      report({ step: place + 1, total: count, unit: "images" });
    }
    return {
      about: { name: folder.name, split: part, classes },
      tensors: {
        images: tensor("uint8", [count, side, side, 3], images),
        labels: tensor("int32", [count], Int32Array.from(chosen, (image) => labels[image]!)),
      },
    };
  });
}

interface Listed {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** The label of each image in the table. */
  readonly labels: Int32Array;
  /** Which images are of the part. */
  readonly places: readonly number[];
}

/** Reads who is who. WILDS keeps no file of its splits: they follow from the original ones and the years. */
function readMetadata(
  folder: DataFolder,
  part: FmowChoice["part"],
): Effect.Effect<Listed, DataError | FormatError> {
  return Effect.gen(function* () {
    const { fromCSV } = yield* Effect.promise(() => import("arquero"));
    const text = new TextDecoder().decode(yield* readDataFile(folder, METADATA));
    const table = fromCSV(text, { autoType: false });
    const column = (name: string): Effect.Effect<readonly string[], FormatError> =>
      table.columnNames().includes(name)
        ? Effect.succeed(table.array(name) as string[])
        : malformed(`CSV ${METADATA}`, "its first line", `a column ${name}`, table.columnNames().join(", "));
    const splits = yield* column("split");
    const categories = yield* column("category");
    const times = yield* column("timestamp");
    const classes = [...new Set(categories)].sort();
    const label = new Map(classes.map((name, index) => [name, index]));
    const wanted = part === "train" ? "train" : "test";
    const inPart = part === "shifted" ? (year: number) => year >= SINCE : (year: number) => year < BEFORE;
    return {
      classes,
      labels: Int32Array.from(categories, (name) => label.get(name)!),
      places: splits.keys()
        .filter((place) => splits[place] === wanted && inPart(Number(times[place]!.slice(0, 4))))
        .toArray(),
    };
  });
}

function squareOf(bytes: Uint8Array, file: string): Images {
  const { shape: [height, width], data } = decodePng(bytes, `PNG ${file}`);
  if (height !== SIDE || width !== SIDE) {
    throw malformed(`PNG ${file}`, "its size", `${SIDE} by ${SIDE}`, `${width} by ${height}`);
  }
  return { count: 1, height, width, channels: 3, data: data as Uint8Array };
}

function halvedTo(side: number, images: Images): Images {
  return images.width > side ? halvedTo(side, halveImages(images)) : images;
}
