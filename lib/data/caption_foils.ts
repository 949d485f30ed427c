/**
 * Wrong captions that differ from the right one only in how words go together (Yuksekgonul and others 2023, "ARO").
 *
 * @module
 */
import { permutation } from "./random.ts";

/** The right caption of a scene of several things, and wrong ones. */
export interface Foils {
  /** The colours of two things exchanged, or where those are equal their shapes. Absent where both are equal. */
  readonly attribute?: string;
  /** The two things exchanged around what relates them. */
  readonly relation: string;
  /** The words in four other orders. */
  readonly order: readonly [string, string, string, string];
}

/** A thing: `a large red circle`. */
const THING = /a (?:small|large) \w+ \w+/g;

/**
 * The foils of a caption of rendered scenes; undefined when it names one thing only.
 *
 * @example Usage
 * ```ts
 * import { foilsOf } from "./caption_foils.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const foils = foilsOf("a small red circle left of a large blue square", { seed: 1, index: 0 })!;
 * assertEquals(foils.attribute, "a small blue circle left of a large red square");
 * assertEquals(foils.relation, "a large blue square left of a small red circle");
 * ```
 *
 * @param key What decides the other orders: a seed, and the caption's number.
 */
export function foilsOf(
  caption: string,
  { seed, index }: { readonly seed: number; readonly index: number },
): Foils | undefined {
  const [first, second] = caption.match(THING) ?? [];
  if (first === undefined || second === undefined) return undefined;
  const between = caption.slice(first.length, caption.indexOf(second, first.length));
  const rest = caption.slice(first.length + between.length + second.length);
  const exchanged = exchange(first, second);
  return {
    ...(exchanged === undefined ? {} : { attribute: `${exchanged[0]}${between}${exchanged[1]}${rest}` }),
    relation: `${second}${between}${first}${rest}`,
    order: otherOrders(caption, seed, index),
  };
}

/** Exchanges the colours of two things, or their shapes. */
function exchange(first: string, second: string): readonly [string, string] | undefined {
  const [one, other] = [first.split(" "), second.split(" ")];
  const place = [2, 3].find((place) => one[place] !== other[place]);
  if (place === undefined) return undefined;
  return [one.with(place, other[place]!).join(" "), other.with(place, one[place]!).join(" ")];
}

function otherOrders(caption: string, seed: number, index: number): Foils["order"] {
  const words = caption.split(" ");
  const found = new Set<string>();
  for (let attempt = 0; found.size < 4; attempt++) {
    const order = permutation({ seed, stream: `order ${attempt}`, step: index }, words.length);
    const shuffled = Array.from(order, (place) => words[place]!).join(" ");
    if (shuffled !== caption) found.add(shuffled);
  }
  return [...found] as unknown as Foils["order"];
}
