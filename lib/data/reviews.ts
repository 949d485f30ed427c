/**
 * Texts with a sentiment, as bags of words: four domains that share a language and little else.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { type DataError, dataFolder, readDataFile } from "./folder.ts";
import { decoding, type FormatError, malformed } from "./formats/format_error.ts";
import { permutation } from "./random.ts";

/** Where texts come from. */
export type Domain = "movies" | "products" | "editorials" | "tweets";

const files: Readonly<Record<Domain, string>> = {
  movies: "movieReviewSnippets_GroundTruth.txt",
  products: "amazonReviewSnippets_GroundTruth.txt",
  editorials: "nytEditorialSnippets_GroundTruth.txt",
  tweets: "tweets_GroundTruth.txt",
};

/** The domains. */
export const domains = Object.keys(files) as readonly Domain[];

/** Which texts. */
export interface ReviewChoice {
  /** The domain. */
  readonly domain: Domain;
  /** Seven tenths of its documents to learn from, or the three tenths held out. */
  readonly split: "train" | "test";
  /** The seed of the order in which the texts come. */
  readonly seed: number;
}

/** One rated text. */
export interface Review {
  /** The document that the text is a sentence of. */
  readonly document: string;
  /** The mean of people's ratings, from −4 to 4. */
  readonly rating: number;
  /** Its different words, in the order in which they first come. */
  readonly words: readonly string[];
}

/**
 * Loads texts as bags of words, labelled by whether people rated them above zero; those rated zero are left out, and so
 * are texts of the same words as an earlier one.
 *
 * All sentences of a document are on the same side of the split. The vocabulary is that of the four domains together.
 *
 * @returns `words` int32 `[Σ]`, indices into `about.vocabulary`, each word of a text once; `offsets` int32 `[n + 1]`: the
 * words of text i are those from offset i to offset i + 1; and `labels` int32 `[n]`.
 */
export function loadReviews(
  { domain, split, seed }: ReviewChoice,
): Effect.Effect<Dataset, DataError | FormatError, Running> {
  return Effect.gen(function* () {
    const folder = yield* dataFolder("vader");
    const reviews = yield* Effect.forEach(domains, (name) =>
      Effect.flatMap(
        readDataFile(folder, files[name]),
        (bytes) => decoding(() => parseReviews(new TextDecoder("latin1").decode(bytes), files[name])),
      ));
    const vocabulary = [...new Set(reviews.flat().flatMap(({ words }) => words))].sort();
    const index = new Map(vocabulary.map((word, place) => [word, place]));

    const part = splitDocuments(distinct(reviews[domains.indexOf(domain)]!), split);
    const order = permutation({ seed, stream: `reviews/${domain}` }, part.length);
    const texts = Array.from(order, (place) => part[place]!);
    const offsets = new Int32Array(texts.length + 1);
    texts.forEach(({ words }, place) => offsets[place + 1] = offsets[place]! + words.length);
    const words = Int32Array.from(texts.flatMap((text) => text.words.map((word) => index.get(word)!)));
    return {
      about: { name: `${folder.name}, ${domain}`, split, classes: ["negative", "positive"], vocabulary },
      tensors: {
        words: tensor("int32", [words.length], words),
        offsets: tensor("int32", [offsets.length], offsets),
        labels: tensor("int32", [texts.length], Int32Array.from(texts, ({ rating }) => rating > 0 ? 1 : 0)),
      },
    };
  });
}

/**
 * Reads a table of `id, rating, text`, parted by tabs.
 *
 * @throws {FormatError} On a line that is not of this form, naming its number.
 */
export function parseReviews(table: string, name: string): readonly Review[] {
  return table.split("\n").filter((line) => line.trim() !== "").map((line, place) => {
    const [id, rating, ...text] = line.split("\t");
    if (text.length === 0 || !Number.isFinite(Number(rating))) {
      throw malformed(`table ${name}`, `line ${place + 1}`, "id, rating and text", line.slice(0, 40));
    }
    return { document: id!.split("_")[0]!, rating: Number(rating), words: wordsOf(text.join(" ")) };
  });
}

/** The different words of a text in small letters, apostrophes inside them included. */
export function wordsOf(text: string): readonly string[] {
  return [...new Set(text.toLowerCase().match(/[a-z]+(?:'[a-z]+)*/g) ?? [])];
}

function distinct(reviews: readonly Review[]): readonly Review[] {
  const seen = new Set<string>();
  return reviews.filter(({ rating, words }) => {
    const bag = [...words].sort().join(" ");
    if (rating === 0 || words.length === 0 || seen.has(bag)) return false;
    seen.add(bag);
    return true;
  });
}

function splitDocuments(reviews: readonly Review[], split: ReviewChoice["split"]): readonly Review[] {
  const documents = [...new Set(reviews.map(({ document }) => document))];
  const order = permutation({ seed: 0, stream: "reviews/split" }, documents.length);
  const held = new Set(
    Array.from(order.subarray(0, Math.round(0.3 * documents.length)), (place) => documents[place]!),
  );
  return reviews.filter(({ document }) => held.has(document) === (split === "test"));
}
