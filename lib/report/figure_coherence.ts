/**
 * The figure of the coherence of subspaces: |cos| between their directions.
 *
 * @module
 */
import { encode as encodePng } from "fast-png";
import type { Figure } from "../kinds/figure.ts";
import { beside, type Drawing, figure, headed } from "./figure.ts";
import { viridis } from "./viridis.ts";

/** A layer's directions against each other. */
export interface CoherenceMap {
  /** Which layer of which network: the map's heading. */
  readonly name: string;
  /** |cos| between all directions, [d, d] row by row. */
  readonly cosines: Float64Array;
  /** The mean of |cos| between directions of different heads. */
  readonly between: number;
}

const SIDE = 210;
const GAP = 20;

/** Draws |UᵀU| of layers as pictures, side by side, with lines between heads. */
export function coherenceFigure(heads: number, maps: readonly CoherenceMap[]): Figure {
  return figure(
    "Are the subspaces of different heads incoherent?",
    `|cos| between the directions of all ${heads} heads, scaled to norm 1, from 0 (dark) to 1 (light); white lines part the ` +
      `heads. Its mean between different heads is ${
        maps.map(({ name, between }) => `${between.toFixed(3)} in ${name}`).join(", ")
      }.`,
    beside(...maps.map((map) => headed(map.name, mapDrawing(map, heads)))),
  );
}

function mapDrawing({ cosines }: CoherenceMap, heads: number): Drawing {
  const side = Math.round(Math.sqrt(cosines.length));
  const pixels = new Uint8Array(side * side * 3);
  cosines.forEach((cosine, place) => pixels.set(viridis(cosine), 3 * place));
  const picture = encodePng({ width: side, height: side, data: pixels, channels: 3, depth: 8 }).toBase64();
  const lines = Array.from({ length: heads - 1 }, (_, index) => {
    const at = (index + 1) * SIDE / heads;
    return `<path d="M${at},0V${SIDE}M0,${at}H${SIDE}" stroke="#fff" stroke-width="0.7" fill="none"/>`;
  });
  return {
    content: `<g transform="translate(4,0)"><image width="${SIDE}" height="${SIDE}" ` +
      `style="image-rendering:pixelated" href="data:image/png;base64,${picture}"/>${lines.join("")}</g>`,
    width: SIDE + GAP,
    height: SIDE + 4,
  };
}
