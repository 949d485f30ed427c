/**
 * The figure of memberships over images.
 *
 * @module
 */
import { encode as encodePng } from "fast-png";
import type { Figure } from "../kinds/figure.ts";
import { type Drawing, figure, headed } from "./figure.ts";
import { viridis } from "./viridis.ts";

/** Images with the memberships of their patches in one layer, before and after training. */
export interface MembershipMaps {
  /** Pixels, uint8 `[images, side, side, channels]`. */
  readonly images: { readonly data: Uint8Array; readonly shape: readonly number[] };
  /** Memberships of trained and untrained networks, `[images, heads, patches]`. */
  readonly memberships: Readonly<Record<"untrained" | "trained", Float32Array>>;
  /** How many heads there are. */
  readonly heads: number;
}

const TILE = 62;
const GAP = 6;

/** Draws each image beside the map of its patches' memberships in each head, before and after training. */
export function membershipsFigure({ images, memberships, heads }: MembershipMaps): Figure {
  const [count, side, , channels] = images.shape as [number, number, number, number];
  const pixels = side * side * channels;
  const everything = [...memberships.untrained, ...memberships.trained];
  const range = [Math.min(...everything), Math.max(...everything)] as const;
  const patches = memberships.trained.length / (count * heads);

  const column = (tiles: readonly string[], x: number) =>
    tiles.map((tile, row) => picture(tile, x, row * (TILE + GAP))).join("");
  const inputs: Drawing = {
    content: column(
      Array.from(
        { length: count },
        (_, image) => photograph(images.data.subarray(image * pixels, (image + 1) * pixels), side, channels),
      ),
      0,
    ),
    ...size(1, count),
  };
  const headMaps = (maps: Float32Array, head: number) =>
    Array.from({ length: count }, (_, image) => {
      const start = (image * heads + head) * patches;
      return heatMap(maps.subarray(start, start + patches), range);
    });
  const block = (maps: Float32Array): Drawing => ({
    content: Array.from({ length: heads }, (_, head) => column(headMaps(maps, head), head * (TILE + GAP)))
      .join(""),
    ...size(heads, count),
  });

  const parts = [
    headed("image", inputs),
    headed("Π untrained", block(memberships.untrained)),
    headed("Π trained", block(memberships.trained)),
  ];
  return figure(
    "Does training teach tokens which subspace they belong to?",
    `Each map shows to what share each patch belongs to one head, 1 to ${heads}, in the last layer. Undecided ` +
      `memberships would be ${(1 / heads).toFixed(2)} everywhere; the darkest patch here is ` +
      `${range[0].toFixed(2)}, the brightest ${range[1].toFixed(2)}, on one scale for all maps.`,
    withScale(row(parts, 14), range),
  );
}

function size(columns: number, rows: number): { readonly width: number; readonly height: number } {
  return { width: columns * (TILE + GAP), height: rows * (TILE + GAP) };
}

function row(drawings: readonly Drawing[], gap: number): Drawing {
  let x = 0;
  const content = drawings.map((drawing) => {
    const placed = `<g transform="translate(${x},0)">${drawing.content}</g>`;
    x += drawing.width + gap;
    return placed;
  });
  return { content: content.join(""), width: x - gap, height: Math.max(...drawings.map((d) => d.height)) };
}

/** Adds the scale of colours under a drawing. */
function withScale(drawing: Drawing, [low, high]: readonly [number, number]): Drawing {
  const ramp = Uint8Array.from({ length: 64 * 3 }, (_, i) => viridis(Math.floor(i / 3) / 63)[i % 3]!);
  const [left, top] = [drawing.width - 260, drawing.height + 6];
  return {
    content:
      `${drawing.content}<image x="${left}" y="${top}" width="180" height="10" preserveAspectRatio="none" ` +
      `href="${dataUri({ width: 64, height: 1, channels: 3, data: ramp })}"/>` +
      `<text x="${left - 6}" y="${top + 9}" text-anchor="end">Π ${low.toFixed(2)}</text>` +
      `<text x="${left + 186}" y="${top + 9}" text-anchor="start">${high.toFixed(2)}</text>`,
    width: drawing.width,
    height: top + 16,
  };
}

function picture(uri: string, x: number, y: number): string {
  return `<image x="${x}" y="${y}" width="${TILE}" height="${TILE}" style="image-rendering:pixelated" href="${uri}"/>`;
}

function photograph(data: Uint8Array, side: number, channels: number): string {
  return dataUri({ width: side, height: side, channels, data });
}

function heatMap(memberships: Float32Array, [low, high]: readonly [number, number]): string {
  const side = Math.sqrt(memberships.length);
  const data = new Uint8Array(memberships.length * 3);
  memberships.forEach((membership, patch) =>
    data.set(viridis((membership - low) / Math.max(high - low, Number.EPSILON)), patch * 3)
  );
  return dataUri({ width: side, height: side, channels: 3, data });
}

function dataUri(
  image: {
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly data: Uint8Array;
  },
): string {
  return `data:image/png;base64,${encodePng({ ...image, depth: 8 }).toBase64()}`;
}
