/**
 * The figure of the angles between all pairs of tokens.
 *
 * @module
 */
import { encode as encodePng } from "fast-png";
import type { Figure } from "../kinds/figure.ts";
import type { CrossCosine } from "../mcr2/geometry.ts";
import type { Matrix64 } from "../tensor/linalg64.ts";
import { beside, type Drawing, figure, headed } from "./figure.ts";
import { viridis } from "./viridis.ts";

/** |cos| between all pairs of tokens, in order of their classes. */
export interface CosineMap {
  /** What the tokens are. */
  readonly name: string;
  /** |cos|, `[m, m]`. */
  readonly cosines: Matrix64;
  /** The same between classes only. */
  readonly cross: CrossCosine;
}

const SIDE = 300;

/** Draws |cos| between all pairs of tokens as pictures, side by side on one scale. */
export function cosinesFigure(maps: readonly CosineMap[]): Figure {
  const drawings = maps.map(({ name, cosines }) => headed(name, picture(cosines)));
  const means = maps.map(({ name, cross }) => `${name}: ${cross.mean.toPrecision(2)}`);
  return figure(
    "Are the classes at right angles to each other?",
    `Each picture has |cos| between all pairs of tokens, in order of their classes, from 0 (dark) to 1 (bright). ` +
      `Its mean between classes: ${means.join("; ")}.`,
    beside(...drawings),
  );
}

function picture({ rows, data }: Matrix64): Drawing {
  const pixels = new Uint8Array(3 * data.length);
  data.forEach((cosine, index) => pixels.set(viridis(cosine), 3 * index));
  const png = encodePng({ width: rows, height: rows, channels: 3, depth: 8, data: pixels }).toBase64();
  return {
    content: `<image width="${SIDE}" height="${SIDE}" style="image-rendering:pixelated" ` +
      `href="data:image/png;base64,${png}"/>`,
    width: SIDE + 16,
    height: SIDE + 4,
  };
}
