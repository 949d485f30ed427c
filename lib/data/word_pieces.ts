/**
 * BERT's word pieces: captions as DP-Cap's official program reads them.
 *
 * @module
 */

/** The pieces of a vocabulary, and the numbers of the marks around a caption. */
export interface WordPieces {
  /** The number of each piece. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Begins a caption: `[CLS]`. */
  readonly begin: number;
  /** Ends it: `[SEP]`. */
  readonly end: number;
  /** Stands for a word that no pieces make up: `[UNK]`. */
  readonly unknown: number;
}

/** A word longer than this is unknown. */
const LONGEST = 100;

/**
 * Reads a vocabulary file: a piece a line, those that continue a word with `##` before them.
 *
 * @throws {RangeError} When a mark is missing.
 */
export function readWordPieces(text: string): WordPieces {
  const numbers = new Map(text.split(/\r?\n/).map((piece, index) => [piece, index]));
  const mark = (name: string) => {
    const number = numbers.get(name);
    if (number === undefined) throw new RangeError(`the vocabulary has no line ${name}`);
    return number;
  };
  return { numbers, begin: mark("[CLS]"), end: mark("[SEP]"), unknown: mark("[UNK]") };
}

/**
 * Writes a caption as numbers of pieces, between its marks: lower case without accents, punctuation apart, and each word as
 * the longest pieces from its left.
 *
 * @example Usage
 * ```ts
 * import { pieceTokens, readWordPieces } from "./word_pieces.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const pieces = readWordPieces("[UNK]\n[CLS]\n[SEP]\na\nsun\n##flower\n.");
 * assertEquals(pieceTokens("A sunflower.", pieces, 8), [1, 3, 4, 5, 6, 2]);
 * ```
 *
 * @param length At most as many tokens, the marks among them: a longer caption is cut before its end mark.
 */
export function pieceTokens(caption: string, pieces: WordPieces, length: number): readonly number[] {
  const plain = caption.toLowerCase().normalize("NFD").replaceAll(/\p{Mn}/gu, "");
  const words = plain.replaceAll(/[\p{P}\p{S}]/gu, " $& ").split(/\s+/).filter((word) => word !== "");
  const tokens = words.flatMap((word) => wordTokens(word, pieces)).slice(0, length - 2);
  return [pieces.begin, ...tokens, pieces.end];
}

function wordTokens(word: string, { numbers, unknown }: WordPieces): readonly number[] {
  const characters = [...word];
  if (characters.length > LONGEST) return [unknown];
  const tokens: number[] = [];
  for (let start = 0; start < characters.length;) {
    let end = characters.length;
    const piece = () => (start > 0 ? "##" : "") + characters.slice(start, end).join("");
    while (end > start && !numbers.has(piece())) end -= 1;
    if (end === start) return [unknown];
    tokens.push(numbers.get(piece())!);
    start = end;
  }
  return tokens;
}
