/**
 * Textures: backgrounds that show nothing, made by rules.
 *
 * @module
 */
import { uniform } from "./random.ts";

/** Kinds of textures: overlapping discs, smooth noise of all scales, stripes. */
export const textureKinds = ["dead leaves", "clouds", "grating"] as const;

/** A colour of bytes. */
type Colour = readonly [red: number, green: number, blue: number];

/** Fills a picture: at each row and column, a colour. */
type Texture = (row: number, column: number) => Colour;

/** More leaves than cover a picture of a few dozen pixels; what stays bare takes the last one's colour. */
const LEAVES = 120;

/**
 * Draws a texture, its kind by chance.
 *
 * @param side The picture's side in pixels.
 * @param key The seed and the picture's number.
 * @returns Bytes `[side, side, 3]`.
 */
export function drawTexture(
  side: number,
  { seed, picture }: { readonly seed: number; readonly picture: number },
): Uint8Array {
  const draws = uniform({ seed, stream: "textures", step: picture }, 4 + 6 * LEAVES);
  const kind = textureKinds[Math.floor(draws[0]! * textureKinds.length)]!;
  const rest = draws.subarray(1);
  if (kind === "dead leaves") return deadLeaves(side, rest);
  return filled(side, kind === "clouds" ? clouds(side, rest) : grating(side, rest));
}

function filled(side: number, texture: Texture): Uint8Array {
  const data = new Uint8Array(side * side * 3);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) data.set(texture(row, column), (row * side + column) * 3);
  }
  return data;
}

/**
 * Dead leaves (Lee, Mumford and Huang 2001): discs that hide each other, whose radii r are distributed as r⁻³, which
 * gives the edges and the spectrum of photographs. Drawn from the front: each takes the pixels that are still bare.
 */
function deadLeaves(side: number, draws: Float64Array): Uint8Array {
  const [least, most] = [side / 16, side / 2];
  const data = new Uint8Array(side * side * 3);
  const bare = new Uint8Array(side * side).fill(1);
  for (let leaf = 0; leaf < LEAVES; leaf++) {
    const [x, y, size, ...hue] = draws.subarray(leaf * 6, leaf * 6 + 6);
    const colour = mutedColour(hue);
    const last = leaf === LEAVES - 1;
    const radius = least / Math.sqrt(1 - size! * (1 - (least / most) ** 2));
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const place = row * side + column;
        const within = (column - x! * side) ** 2 + (row - y! * side) ** 2 <= radius ** 2;
        if (bare[place] === 0 || !(within || last)) continue;
        data.set(colour, place * 3);
        bare[place] = 0;
      }
    }
  }
  return data;
}

/** Octaves of smoothed noise, each half as strong as the one of twice its scale: about 1/f. */
function clouds(side: number, draws: Float64Array): Texture {
  const octaves = [2, 4, 8, 16].map((cells, index) => ({ cells, strength: 2 ** -index }));
  const total = octaves.reduce((sum, { strength }) => sum + strength, 0);
  const [one, other] = [mutedColour(draws), mutedColour(draws.subarray(3))];
  const noise = draws.subarray(6);
  return (row, column) => {
    let share = 0;
    octaves.forEach(({ cells, strength }, octave) => {
      share += strength / total *
        smooth(noise, octave * 97, cells, row / side * cells, column / side * cells);
    });
    return mixed(one, other, Math.min(Math.max(0.5 + 2.5 * (share - 0.5), 0), 1));
  };
}

/** Noise at the corners of cells, in between by straight lines. Draws repeat after their end, which no eye sees. */
function smooth(noise: Float64Array, start: number, cells: number, y: number, x: number): number {
  const [row, column] = [Math.floor(y), Math.floor(x)];
  const [down, along] = [y - row, x - column];
  const at = (i: number, j: number) => noise[(start + i * (cells + 1) + j) % noise.length]!;
  const upper = at(row, column) * (1 - along) + at(row, column + 1) * along;
  const lower = at(row + 1, column) * (1 - along) + at(row + 1, column + 1) * along;
  return upper * (1 - down) + lower * down;
}

/** Stripes of two colours at any angle, 2 to 6 of them across the picture. */
function grating(side: number, draws: Float64Array): Texture {
  const [one, other] = [mutedColour(draws), mutedColour(draws.subarray(3))];
  const [angle, frequency, phase] = [Math.PI * draws[6]!, 2 + 4 * draws[7]!, 2 * Math.PI * draws[8]!];
  return (row, column) => {
    const along = (column * Math.cos(angle) + row * Math.sin(angle)) / side;
    return mixed(one, other, 0.5 + 0.5 * Math.sin(2 * Math.PI * frequency * along + phase));
  };
}

function mixed(one: Colour, other: Colour, share: number): Colour {
  const channel = (index: 0 | 1 | 2) => Math.round(one[index] + share * (other[index] - one[index]));
  return [channel(0), channel(1), channel(2)];
}

/** A colour of any brightness that is not vivid, of three draws. */
function mutedColour([light, warm, green]: ArrayLike<number> & Iterable<number>): Colour {
  const grey = 30 + 195 * light!;
  const [a, b] = [50 * (warm! - 0.5), 50 * (green! - 0.5)];
  const byte = (value: number) => Math.round(Math.min(Math.max(value, 0), 255));
  return [byte(grey + a), byte(grey + b), byte(grey - a)];
}
