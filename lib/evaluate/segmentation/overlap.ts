/**
 * How well masks and boxes agree.
 *
 * @module
 */

/** A rectangle in pixels: from the first row and column to those after the last. */
export interface Box {
  /** The first row. */
  readonly top: number;
  /** The first column. */
  readonly left: number;
  /** The row after the last. */
  readonly bottom: number;
  /** The column after the last. */
  readonly right: number;
}

/** The area that two masks share, as a share of the area that either covers; 0 when both are empty. */
export function maskIou(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let [both, either] = [0, 0];
  for (let place = 0; place < one.length; place++) {
    const [a, b] = [one[place] !== 0, other[place] !== 0];
    if (a && b) both++;
    if (a || b) either++;
  }
  return either === 0 ? 0 : both / either;
}

/** The same of two boxes. */
export function boxIou(one: Box, other: Box): number {
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const both = Math.max(height, 0) * Math.max(width, 0);
  return both / (area(one) + area(other) - both);
}

/** The smallest box around a mask of `side` pixels squared; undefined when it is empty. */
export function boxAround(mask: ArrayLike<number>, side: number): Box | undefined {
  let [top, left, bottom, right] = [side, side, 0, 0];
  for (let place = 0; place < mask.length; place++) {
    if (mask[place] === 0) continue;
    const [row, column] = [Math.floor(place / side), place % side];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
    [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
  }
  return bottom === 0 ? undefined : { top, left, bottom, right };
}

function area({ top, left, bottom, right }: Box): number {
  return (bottom - top) * (right - left);
}
