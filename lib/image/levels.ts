/**
 * Changes of each channel's levels by a table, as Pillow's `ImageOps` makes them.
 *
 * @module
 */
import { byteBelow, type Picture, withBytes } from "./picture.ts";

/** What becomes of each level of a channel. */
type Table = (level: number) => number;

/** Turns light into dark: 255 − v. */
export function invert(picture: Picture): Picture {
  return mapLevels(picture, () => (level) => 255 - level);
}

/** Turns over what is at least as light as a threshold. */
export function solarize(picture: Picture, threshold: number): Picture {
  return mapLevels(picture, () => (level) => level < threshold ? level : 255 - level);
}

/** Adds to what is darker than 128, up to white. */
export function solarizeAdd(picture: Picture, amount: number): Picture {
  return mapLevels(picture, () => (level) => level < 128 ? Math.min(255, level + amount) : level);
}

/** Keeps the highest bits of each level. */
export function posterize(picture: Picture, bits: number): Picture {
  if (bits >= 8) return picture;
  const mask = 0xff & ~((1 << (8 - bits)) - 1);
  return mapLevels(picture, () => (level) => level & mask);
}

/** Stretches each channel, so that its darkest level becomes 0 and its lightest 255. */
export function autoContrast(picture: Picture): Picture {
  return mapLevels(picture, (histogram) => {
    const darkest = histogram.findIndex((count) => count > 0);
    const lightest = histogram.findLastIndex((count) => count > 0);
    if (lightest <= darkest) return (level) => level;
    const scale = 255 / (lightest - darkest);
    return (level) => byteBelow(level * scale - darkest * scale);
  });
}

/** Spreads each channel's levels, so that they are about equally frequent. */
export function equalize(picture: Picture): Picture {
  return mapLevels(picture, (histogram) => {
    const present = histogram.filter((count) => count > 0);
    const step = Math.floor((present.reduce((sum, count) => sum + count, 0) - present.at(-1)!) / 255);
    if (present.length <= 1 || step === 0) return (level) => level;
    let before = Math.floor(step / 2);
    const table = histogram.map((count) => {
      const level = byteBelow(Math.floor(before / step));
      before += count;
      return level;
    });
    return (level) => table[level]!;
  });
}

/** Applies a table to each channel, made from how often the channel has each level. */
function mapLevels(picture: Picture, tableOf: (histogram: readonly number[]) => Table): Picture {
  const { channels, data } = picture;
  const mapped = new Uint8Array(data.length);
  for (let channel = 0; channel < channels; channel++) {
    const histogram = new Array<number>(256).fill(0);
    for (let at = channel; at < data.length; at += channels) histogram[data[at]!]! += 1;
    const levelOf = tableOf(histogram);
    const table = Uint8Array.from({ length: 256 }, (_, level) => levelOf(level));
    for (let at = channel; at < data.length; at += channels) mapped[at] = table[data[at]!]!;
  }
  return withBytes(picture, mapped);
}
