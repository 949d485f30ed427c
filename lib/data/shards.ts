/**
 * Image–text shards on the user's disk: tar archives in the WebDataset layout, an image and a caption under one name each.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { DataError, type DataFolder, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError } from "./formats/format_error.ts";
import { decodeJpeg } from "./formats/jpeg.ts";
import { decodeTar } from "./formats/tar.ts";
import { middleOf } from "./middle.ts";
import { pieceTokens, readWordPieces, type WordPieces } from "./word_pieces.ts";

/** The images' side, as DP-Cap has it. */
const SIDE = 224;

/** Tokens of a caption's row. */
const LENGTH = 40;

/** Which pairs to load. */
export interface ShardChoice {
  /** The folder of shards: `train`, `known` or `test`. */
  readonly split: "train" | "known" | "test";
  /** How many pairs: the first ones, shard after shard. */
  readonly count: number;
}

/** An image and its caption. */
export interface Pair {
  /** 224 · 224 · 3 bytes. */
  readonly image: Uint8Array;
  /** Tokens, at most 40. */
  readonly caption: readonly number[];
  /** The number of its class, where the shard has it. */
  readonly label: number | undefined;
}

/**
 * Loads pairs: `images` uint8 `[n, 224, 224, 3]`, `captions` int32 `[n, 40]`, and but for `train` `labels` int32 `[n]`. Shards are read one after the other, and no more
 * than one is held at a time; what is kept of them takes 150 kB a pair. A pair without a caption or with a damaged image is
 * left out, as in the official program.
 *
 * The folder holds `vocabulary.txt`, `classes.txt` with a name a line, and in `train`, `known` and `test` tar archives of
 * `NAME.jpg`, `NAME.txt` and, but for `train`, `NAME.cls` with the number of a class.
 */
export function loadShards(
  { split, count }: ShardChoice,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const { report, log } = yield* Running;
    const folder = yield* dataFolder("captioned-shards");
    const textOf = (file: string) =>
      Effect.map(readDataFile(folder, file), (bytes) => new TextDecoder().decode(bytes));
    const text = yield* textOf("vocabulary.txt");
    const labelled = split !== "train";
    const classes = labelled ? (yield* textOf("classes.txt")).trim().split(/\r?\n/) : [];
    const pieces = yield* Effect.try({
      try: () => readWordPieces(text),
      catch: (error) =>
        new DataError({ message: `vocabulary.txt of ${folder.name}: ${(error as Error).message}.` }),
    });
    const images = yield* room(count, folder);
    const captions = new Int32Array(count * LENGTH);
    const labels = new Int32Array(labelled ? count : 0);
    let [found, skipped] = [0, 0];
    for (const file of yield* listShards(folder, split)) {
      if (found === count) break;
      const bytes = yield* readDataFile(folder, file);
      const shard = yield* decoding(() => decodeTar(bytes, `tar ${file}`));
      for (const pair of pairsOf(shard, pieces)) {
        if (found === count) break;
        if (pair === undefined || (labelled && classes[pair.label ?? -1] === undefined)) skipped += 1;
        else {
          if (labelled) labels[found] = pair.label!;
          images.set(pair.image, found * SIDE * SIDE * 3);
          captions.set(pair.caption, found * LENGTH);
          found += 1;
        }
        report({ step: found, total: count, unit: "pairs" });
      }
      yield* Effect.yieldNow; // lets an interruption through
    }
    if (found < count) {
      return yield* new DataError({
        message:
          `The shards in ${folder.folder}/${split} hold ${found} pairs where ${count} are asked for: add shards, ` +
          "or ask for fewer.",
      });
    }
    if (skipped > 0) log(`left out ${skipped} pairs without a caption or a class, or with a damaged image`);
    return {
      about: {
        name: folder.name,
        split,
        vocabulary: [...pieces.numbers.keys()],
        ...(labelled ? { classes } : {}),
      },
      tensors: {
        images: { dtype: "uint8", shape: [count, SIDE, SIDE, 3], data: images },
        captions: { dtype: "int32", shape: [count, LENGTH], data: captions },
        ...(labelled ? { labels: { dtype: "int32", shape: [count], data: labels } } : {}),
      },
    };
  });
}

/** The pairs of a shard, in the order of its images; undefined for one that cannot be used. */
export function* pairsOf(
  shard: ReadonlyMap<string, Uint8Array>,
  pieces: WordPieces,
): Generator<Pair | undefined> {
  for (const [path, bytes] of shard) {
    if (!/\.jpe?g$/i.test(path)) continue;
    const beside = (extension: string) => {
      const file = shard.get(path.replace(/\.jpe?g$/i, extension));
      return file === undefined ? undefined : new TextDecoder().decode(file).trim();
    };
    const [caption, label] = [beside(".txt"), beside(".cls")];
    const number = label === undefined ? undefined : Number(label);
    yield caption === undefined ? undefined : pairOf(bytes, caption, number, path, pieces);
  }
}

function pairOf(
  bytes: Uint8Array,
  caption: string,
  label: number | undefined,
  path: string,
  pieces: WordPieces,
): Pair | undefined {
  try {
    const image = middleOf(decodeJpeg(bytes, `JPEG ${path}`), SIDE, SIDE);
    return { image, caption: pieceTokens(caption, pieces, LENGTH), label };
  } catch {
    return undefined; // damaged images are common in crawled data
  }
}

function listShards(
  { folder, name }: DataFolder,
  split: string,
): Effect.Effect<readonly string[], DataError> {
  return Effect.tryPromise({
    try: async () => {
      const names = await Array.fromAsync(Deno.readDir(`${folder}/${split}`), (entry) => entry.name);
      return names.filter((file) => file.endsWith(".tar")).sort().map((file) => `${split}/${file}`);
    },
    catch: (error) =>
      new DataError({
        message: `The folder ${split} of ${name} cannot be listed: ${(error as Error).message}.`,
      }),
  });
}

function room(count: number, { name }: DataFolder): Effect.Effect<Uint8Array, DataError> {
  return Effect.try({
    try: () => new Uint8Array(count * SIDE * SIDE * 3),
    catch: () =>
      new DataError({
        message:
          `${count} images of ${name} take ${
            (count * SIDE * SIDE * 3 / 1e9).toFixed(0)
          } GB of memory, more ` +
          "than there is: load fewer with --set load-captioned-shards.count.",
      }),
  });
}
