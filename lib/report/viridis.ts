/**
 * A scale of colours for pictures of numbers.
 *
 * @module
 */

/** Viridis, at nine places: a scale of even steps for every kind of colour vision. */
const VIRIDIS = [
  [68, 1, 84],
  [71, 44, 122],
  [59, 81, 139],
  [44, 113, 142],
  [33, 144, 141],
  [39, 173, 129],
  [92, 200, 99],
  [170, 220, 50],
  [253, 231, 37],
] as const;

/** The colour of a share from 0 to 1, which is cut off where it is outside. */
export function viridis(share: number): readonly [red: number, green: number, blue: number] {
  const place = Math.min(Math.max(share, 0), 1) * (VIRIDIS.length - 1);
  const index = Math.min(Math.floor(place), VIRIDIS.length - 2);
  const [from, to] = [VIRIDIS[index]!, VIRIDIS[index + 1]!];
  const mixed = (channel: 0 | 1 | 2) =>
    Math.round(from[channel] + (place - index) * (to[channel] - from[channel]));
  return [mixed(0), mixed(1), mixed(2)];
}
