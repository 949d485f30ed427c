/**
 * Masks of pixels as masks of patches, and back.
 *
 * @module
 */

/**
 * Which patches are object: those of whose pixels at least half are.
 *
 * @param mask Pixels `[side, side]`.
 * @param side The mask's side.
 * @param grid Patches on a side; it divides `side`.
 * @returns `[grid · grid]`.
 */
export function patchMask(mask: ArrayLike<number>, side: number, grid: number): Uint8Array {
  const patch = side / grid;
  const counts = new Uint32Array(grid * grid);
  for (let place = 0; place < side * side; place++) {
    const [row, column] = [Math.floor(place / side), place % side];
    counts[Math.floor(row / patch) * grid + Math.floor(column / patch)]! += mask[place] === 0 ? 0 : 1;
  }
  return Uint8Array.from(counts, (count) => 2 * count >= patch * patch ? 1 : 0);
}

/** A mask of patches as one of pixels: each patch's pixels are what it is. */
export function pixelMask(patches: ArrayLike<number>, grid: number, side: number): Uint8Array {
  const patch = side / grid;
  return Uint8Array.from(
    { length: side * side },
    (_, place) => patches[Math.floor(place / side / patch) * grid + Math.floor((place % side) / patch)]!,
  );
}
