/**
 * Frozen features of text: the characters before one, through a random map.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { normal } from "../data/random.ts";
import { ALPHABET, inAlphabet } from "../data/roles.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** How characters are told from those before them. */
export const Contexts = Schema.Struct({
  /** How many characters before. */
  context: Count,
  /** How many features, besides a constant one. */
  features: Count,
  /** How many places of the text: evenly chosen, all if there are fewer. */
  places: Count,
  /** The seed of the map, the same for all clients. */
  seed: Schema.Int,
});

/** How characters are told from those before them. */
export type Contexts = typeof Contexts.Type;

/**
 * Turns a text into examples: `features`, the characters before a place, one of a kind each, through a fixed normal map
 * and rectified; `labels`, the character there, as an index into the alphabet.
 *
 * @param name What the dataset is called.
 * @param split `train` or `test`.
 * @param text Of any characters; they are folded to the alphabet.
 */
export function contextsOf(
  name: string,
  split: string,
  text: string,
  { context, features, places, seed }: Contexts,
): Dataset {
  const letters = [...inAlphabet(text)].map((character) => ALPHABET.indexOf(character));
  const map = normal({ seed, stream: "contexts/map" }, context * ALPHABET.length * features);
  const every = Math.max(1, (letters.length - context) / places);
  const count = Math.min(places, Math.max(0, letters.length - context));
  const rows = new Float32Array(count * (features + 1));
  const labels = new Int32Array(count);
  const sums = new Float64Array(features);
  for (let row = 0; row < count; row++) {
    const place = context + Math.floor(row * every);
    sums.fill(0);
    for (let before = 0; before < context; before++) {
      const from = (before * ALPHABET.length + letters[place - 1 - before]!) * features;
      for (let i = 0; i < features; i++) sums[i]! += map[from + i]!;
    }
    const scale = 1 / Math.sqrt(context * features / 2);
    for (let i = 0; i < features; i++) rows[row * (features + 1) + i] = Math.max(0, sums[i]!) * scale;
    rows[row * (features + 1) + features] = 1;
    labels[row] = letters[place]!;
  }
  return {
    about: { name, split, classes: [...ALPHABET] },
    tensors: {
      features: tensor("float32", [count, features + 1], rows),
      labels: tensor("int32", [count], labels),
    },
  };
}
