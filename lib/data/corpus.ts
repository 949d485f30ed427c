/**
 * Texts as sequences of characters, for language models.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { DataError, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError } from "./formats/format_error.ts";
import { decodeUtf8 } from "./formats/utf8.ts";
import { permutation } from "./random.ts";

/** Where a corpus lies and how it is written. */
export interface Corpus {
  /** The capability that prepares its files, one for each document. */
  readonly capability: string;
  /** How the names of its documents end. */
  readonly ending: string;
  /** How they are encoded. */
  readonly encoding: "utf-8" | "latin1";
}

/** Which part of a corpus, and how many of its characters. */
export interface CorpusChoice {
  /** The documents to learn from, or those held out. */
  readonly split: "train" | "validation";
  /** How many characters; all of them unless given. */
  readonly characters?: number;
}

/** The parameters of a task that loads a corpus. */
export const corpusParams: Schema.Codec<CorpusChoice> = Schema.Struct({
  split: Schema.Literals(["train", "validation"]),
  characters: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThan(0))),
});

/** One document in this many is held out for validation. */
const heldOut = 10;

/**
 * Loads a corpus, character by character.
 *
 * Every tenth document of a fixed shuffle is for validation, the others are for training: no document is in both.
 * The documents come in the shuffled order, so that a beginning of the text is a sample of it. The vocabulary is that
 * of the whole corpus, hence the same for both.
 *
 * @returns `tokens` int32 `[n]`: indices into `about.vocabulary`.
 */
export function loadCorpus(
  { capability, ending, encoding }: Corpus,
  { split, characters }: CorpusChoice,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const folder = yield* dataFolder(capability);
    const { files } = folder;
    const texts = yield* Effect.forEach(
      files,
      (file) =>
        Effect.flatMap(
          readDataFile(folder, file),
          (bytes) => decoding(() => foldCharacters(decodeText(bytes, encoding, file))),
        ),
    );

    const vocabulary = [...new Set(texts.flatMap((text) => [...new Set(text)]))].sort();
    const order = permutation({ seed: 0, stream: `corpus/${capability}` }, files.length);
    const chosen = [...order].filter((_, place) => (place % heldOut === 0) === (split === "validation"));
    const text = chosen.map((document) => texts[document]!).join("");
    if (characters !== undefined && characters > text.length) {
      const message =
        `${folder.name} has ${text.length} characters for ${split}; ${characters} were asked for.`;
      return yield* new DataError({ message });
    }
    return {
      about: {
        name: folder.name,
        split,
        vocabulary,
        documents: chosen.map((document) => files[document]!.slice(0, -ending.length)),
      },
      tensors: { tokens: encodeCharacters(text.slice(0, characters), vocabulary) },
    };
  });
}

/**
 * Writes text with the characters of a typewriter, and a newline at its end: typographic quotes and dashes become
 * plain ones, accents fall, and so do control characters.
 */
export function foldCharacters(text: string): string {
  const plain = text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[‘’`]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‐‑–—]/g, "-")
    .normalize("NFKD")
    .replaceAll(/[^\n\x20-\x7e]/g, "");
  return `${plain.trim()}\n`;
}

/** Replaces characters by their indices in the vocabulary. */
function encodeCharacters(text: string, vocabulary: readonly string[]) {
  const index = new Map(vocabulary.map((character, place) => [character, place]));
  return tensor("int32", [text.length], Int32Array.from(text, (character) => index.get(character)!));
}

function decodeText(bytes: Uint8Array, encoding: Corpus["encoding"], file: string): string {
  return encoding === "utf-8" ? decodeUtf8(bytes, `text ${file}`) : new TextDecoder(encoding).decode(bytes);
}
