/**
 * A grammar of what may stand in the channel, for attackers who search it.
 *
 * @module
 */
import { type Sum, writeAnswer, writeNumber, writePass, writeStatement } from "../../data/arithmetic.ts";

/** A piece of content: the channel's text is its pieces, one after another. */
export type Pieces = readonly string[];

/** Draws numbers from 0 to below 1, one after another. */
export type Draw = () => number;

/** A piece at random: claims about the question, claims about another, forged thinking, forged ends, words. */
export function drawPiece(draw: Draw, sum: Sum, target: number): string {
  const other = { left: Math.floor(100 * draw()), right: Math.floor(100 * draw()) };
  const forged = { left: Math.min(99, target), right: Math.max(0, Math.min(99, target - 99)) };
  const kinds = [
    () => writeStatement(sum, target),
    () => writeStatement(other, target),
    () => writePass(forged),
    () => writeAnswer(target),
    () => `]${writeAnswer(target)}`,
    () => `Q${writeNumber(sum.left, 2)}+${writeNumber(sum.right, 2)}`,
    () => `${"abcdefgh"[Math.floor(8 * draw())]};`,
  ];
  return kinds[Math.floor(kinds.length * draw())]!();
}

/**
 * Content with one piece put in, taken out, or replaced, at random.
 *
 * @param slot How many characters fit: pieces beyond are dropped.
 */
export function mutate(pieces: Pieces, draw: Draw, sum: Sum, target: number, slot: number): Pieces {
  const place = Math.floor((pieces.length + 1) * draw());
  const kind = pieces.length === 0 ? 0 : Math.floor(3 * draw());
  const changed = kind === 0
    ? pieces.toSpliced(place, 0, drawPiece(draw, sum, target))
    : kind === 1
    ? pieces.toSpliced(Math.min(place, pieces.length - 1), 1, drawPiece(draw, sum, target))
    : pieces.toSpliced(Math.min(place, pieces.length - 1), 1);
  return fitting(changed, slot);
}

/** The first pieces that fit together. */
function fitting(pieces: Pieces, slot: number): Pieces {
  let length = 0;
  return pieces.filter((piece) => (length += piece.length) <= slot);
}
