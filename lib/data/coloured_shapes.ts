/**
 * Painting coloured shapes.
 *
 * @module
 */

/** The shapes. */
export const SHAPES = ["circle", "square", "triangle", "diamond", "cross", "ring"] as const;
/** A shape. */
export type Shape = typeof SHAPES[number];

/** The colours. */
export const COLOURS = ["red", "green", "blue", "yellow", "purple", "orange", "cyan", "white"] as const;
/** A colour. */
export type Colour = typeof COLOURS[number];

const levels: Readonly<Record<Colour, readonly [number, number, number]>> = {
  red: [215, 40, 40],
  green: [40, 165, 60],
  blue: [45, 80, 220],
  yellow: [235, 215, 50],
  purple: [150, 50, 180],
  orange: [240, 135, 30],
  cyan: [50, 205, 215],
  white: [240, 240, 240],
};

/** Whether a shape of radius 1 around the origin covers a point; y points down. */
const covers: Readonly<Record<Shape, (x: number, y: number) => boolean>> = {
  circle: (x, y) => x * x + y * y <= 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.85,
  triangle: (x, y) => y <= 0.8 && 2 * Math.abs(x) <= (y + 1) * 1.1,
  diamond: (x, y) => 1.4 * Math.abs(x) + Math.abs(y) <= 1,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.32 && Math.max(Math.abs(x), Math.abs(y)) <= 1,
  ring: (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.3,
};

/** A shape to be painted. */
export interface Painted {
  /** The shape. */
  readonly shape: Shape;
  /** Its colour. */
  readonly colour: Colour;
  /** Its radius, in pixels. */
  readonly radius: number;
  /** The column of its middle. */
  readonly x: number;
  /** The row of its middle. */
  readonly y: number;
}

/** Points on a side of the grid by which it is told how much of a pixel a shape covers. */
const SAMPLES = 2;

/**
 * Paints shapes on a dim, grainy ground.
 *
 * @param image Where to: bytes [side, side, 3].
 * @param grain Numbers from 0 to 1: one for each pixel, then three for the ground's colour.
 */
export function paint(
  image: Uint8Array,
  side: number,
  shapes: readonly Painted[],
  grain: ArrayLike<number>,
): void {
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const ground = 30 + 60 * grain[side * side + channel]!;
      image[3 * pixel + channel] = ground + 30 * (grain[pixel]! - 0.5);
    }
  }
  for (const shape of shapes) paintShape(image, side, shape);
}

function paintShape(image: Uint8Array, side: number, { shape, colour, radius, x, y }: Painted): void {
  const within = covers[shape];
  const reach = (middle: number) =>
    [Math.max(0, Math.floor(middle - radius)), Math.min(side - 1, Math.ceil(middle + radius))] as const;
  const [[top, bottom], [left, right]] = [reach(y), reach(x)];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      let hits = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const across = column + (sample % SAMPLES + 0.5) / SAMPLES;
        const down = row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        if (within((across - x) / radius, (down - y) / radius)) hits += 1;
      }
      const share = hits / (SAMPLES * SAMPLES);
      for (let channel = 0; share > 0 && channel < 3; channel++) {
        const place = 3 * (row * side + column) + channel;
        image[place] = image[place]! + share * (levels[colour][channel]! - image[place]!);
      }
    }
  }
}
