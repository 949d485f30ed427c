/**
 * Shapes: things made by rules, for scenes that need no data from elsewhere.
 *
 * @module
 */
import type { Cutout } from "./cutout.ts";
import { uniform } from "./random.ts";
import type { Group, SceneParams } from "./scenes.ts";

/** Whether a shape covers a place; its box reaches from −1 to 1 in both directions, down and to the right. */
type Covers = (x: number, y: number) => boolean;

const shapes: Readonly<Record<string, Covers>> = {
  disc: (x, y) => x ** 2 + y ** 2 <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.85,
  triangle: (x, y) => y <= 0.9 && Math.abs(x) <= (y + 0.9) / 1.8,
  ring: (x, y) => x ** 2 + y ** 2 <= 1 && x ** 2 + y ** 2 >= 0.3,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.3,
  diamond: (x, y) => Math.abs(x) + Math.abs(y) <= 1,
  bar: (_, y) => Math.abs(y) <= 0.45,
  crescent: (x, y) => x ** 2 + y ** 2 <= 1 && (x - 0.5) ** 2 + y ** 2 > 0.7,
};

/** Pixels on a shape's side as it is drawn, before it is made smaller. */
const SIDE = 64;

/** How many things each shape has for a split: the same shape in so many colours. */
const COLOURS = { train: 30, test: 10 } as const;

/** Shapes by name, each in vivid colours; those to test on are drawn anew. */
export function drawShapes({ split, seed }: Pick<SceneParams, "split" | "seed">): readonly Group[] {
  return Object.entries(shapes).map(([name, covers]) => ({
    name,
    cutouts: Array.from(
      { length: COLOURS[split] },
      (_, thing) => coloured(covers, uniform({ seed, stream: `shapes/${split}/${name}`, step: thing }, 2)),
    ),
  }));
}

function coloured(covers: Covers, [hue, light]: ArrayLike<number> & Iterable<number>): Cutout {
  const data = new Uint8Array(SIDE * SIDE * 4);
  const colour = vividColour(hue!, 0.6 + 0.4 * light!);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const [x, y] = [2 * (column + 0.5) / SIDE - 1, 2 * (row + 0.5) / SIDE - 1];
      data.set([...colour, covers(x, y) ? 255 : 0], (row * SIDE + column) * 4);
    }
  }
  return { side: SIDE, data };
}

/** A colour of full saturation: a place on the wheel from 0 to 1, and a brightness. */
function vividColour(hue: number, brightness: number): readonly [number, number, number] {
  const channel = (shift: number) => {
    const place = (6 * hue + shift) % 6;
    const share = Math.min(Math.max(Math.min(place, 4 - place), 0), 1);
    return Math.round(255 * brightness * (1 - share));
  };
  return [channel(5), channel(3), channel(1)];
}
