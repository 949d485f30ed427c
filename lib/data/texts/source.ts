/**
 * Where labelled texts come from.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../../dag/running.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { DataError, dataFolder, readDataFile } from "../folder.ts";
import { decoding, type FormatError } from "../formats/format_error.ts";
import { permutation } from "../random.ts";
import { type Example, textsDataset } from "./labelled.ts";

/** The two parts of a labelled data set. */
export interface Splits {
  /** What demonstrations and calibration examples are drawn from. */
  readonly train: readonly Example[];
  /** What is judged. */
  readonly test: readonly Example[];
}

/** A published set of labelled texts. */
export interface TextSource {
  /** The capability that prepares its files. */
  readonly capability: string;
  /** What the true name of the data is followed by where only a part of each text is taken. */
  readonly part?: string;
  /** The names of the classes, by label. */
  readonly classes: readonly string[];
  /** How its files are encoded: most published files are not all valid UTF-8. */
  readonly encoding: "utf-8" | "latin1";
  /** Reads the splits out of the files, by name. Throws a `FormatError` on what is not of the form. */
  readonly parse: (files: ReadonlyMap<string, string>) => Splits;
}

/** Which texts to take: those from `skip` on, in the order of the seed. */
export const TextChoice = Schema.Struct({
  /** The official part, or ours where there is none. */
  split: Schema.Literals(["train", "test"]),
  /** How many texts. */
  count: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  /** How many texts of that order to leave out at its beginning. */
  skip: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** The seed of the order. */
  seed: Schema.Int,
});

/** Which texts to take. */
export type TextChoice = typeof TextChoice.Type;

/**
 * Loads labelled texts in the order of a seed, so that fewer are always among more. A text comes once: what is in the test
 * part is not in the other, and a text of two labels is left out.
 */
export function loadTexts(
  source: TextSource,
  { split, count, skip, seed }: TextChoice,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const folder = yield* dataFolder(source.capability);
    const files = new Map<string, string>();
    for (const name of folder.files) {
      files.set(name, new TextDecoder(source.encoding).decode(yield* readDataFile(folder, name)));
    }
    const { train, test } = yield* decoding(() => source.parse(files));
    const judged = new Set(test.map(({ text }) => text));
    const part = distinct(split === "test" ? test : train.filter(({ text }) => !judged.has(text)));
    if (skip + count > part.length) {
      return yield* new DataError({
        message: `${folder.name} has ${part.length} texts in its ${split} part; ${skip + count} are wanted.`,
      });
    }
    const order = permutation({ seed, stream: `texts/${split}` }, part.length).subarray(skip, skip + count);
    const name = source.part === undefined ? folder.name : `${folder.name}, ${source.part}`;
    return textsDataset(
      { name, split, classes: source.classes },
      Array.from(order, (place) => part[place]!),
    );
  });
}

/** Splits what has no official split: three tenths are held out, by a fixed draw. */
export function heldOut(examples: readonly Example[]): Splits {
  const different = distinct(examples);
  const order = permutation({ seed: 0, stream: "texts/split" }, different.length);
  const held = new Set(order.subarray(0, Math.round(0.3 * different.length)));
  return {
    train: different.filter((_, place) => !held.has(place)),
    test: different.filter((_, place) => held.has(place)),
  };
}

/** Each text once; those that have two labels not at all. */
function distinct(examples: readonly Example[]): readonly Example[] {
  const labels = new Map<string, Set<number>>();
  for (const { text, label } of examples) labels.set(text, (labels.get(text) ?? new Set()).add(label));
  return [...labels].flatMap(([text, found]) => found.size === 1 ? [{ text, label: [...found][0]! }] : []);
}

/** Lines that are not empty. */
export function linesOf(text: string): readonly string[] {
  return text.split("\n").map((line) => line.trimEnd()).filter((line) => line !== "");
}
