/**
 * Drawing figures: Observable Plot into SVG that is the same, byte for byte, wherever it is drawn.
 *
 * @module
 */
import type * as ObservablePlot from "@observablehq/plot";
import type { Figure } from "../kinds/figure.ts";

/** A drawing: what stands inside an `<svg>`, and its size in pixels. */
export interface Drawing {
  /** SVG elements. */
  readonly content: string;
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
}

/** Something to draw with. */
export interface Pen {
  /** The marks and scales of Observable Plot. */
  readonly Plot: typeof ObservablePlot;
  /** Draws a plot. */
  readonly draw: (options: ObservablePlot.PlotOptions) => Drawing;
}

/**
 * The colours of what is compared: blue and orange, which colour-blind readers tell apart, both dark enough for white
 * paper and light enough for a dark screen. Everything else is drawn in the colour of the text around it.
 */
export const colours = { tost: "#1f86d1", softmax: "#d9650f" } as const;

/** Names for readers of what is compared. */
export const names = { tost: "ToST", softmax: "softmax" } as const;

/** What is compared: ToST, and its twin with softmax attention. */
export type Compared = keyof typeof names;

/** The little of a browser's page that is needed; the types of the rest come with browsers only. */
interface HtmlPage {
  readonly document: NonNullable<ObservablePlot.PlotOptions["document"]>;
}

interface SvgElement {
  readonly innerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
  getAttribute(name: string): string | null;
}

/** Loads Observable Plot, and a document for it to draw into: no browser is needed. */
export async function takePen(): Promise<Pen> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<html><body></body></html>") as unknown as HtmlPage;
  return {
    Plot,
    draw: (options) => {
      const svg = Plot.plot({ ...options, document }) as unknown as SvgElement;
      svg.querySelector("style")?.remove();
      return {
        content: rounded(svg.innerHTML),
        width: Number(svg.getAttribute("width")),
        height: Number(svg.getAttribute("height")),
      };
    },
  };
}

/** Puts drawings side by side. */
export function beside(...drawings: readonly Drawing[]): Drawing {
  let x = 0;
  const content = drawings.map((drawing) => {
    const placed = `<g transform="translate(${x},0)">${drawing.content}</g>`;
    x += drawing.width;
    return placed;
  });
  return {
    content: content.join(""),
    width: x,
    height: Math.max(...drawings.map(({ height }) => height)),
  };
}

/** Puts drawings below one another. */
export function stacked(...drawings: readonly Drawing[]): Drawing {
  let y = 0;
  const content = drawings.map((drawing) => {
    const placed = `<g transform="translate(0,${y})">${drawing.content}</g>`;
    y += drawing.height;
    return placed;
  });
  return {
    content: content.join(""),
    width: Math.max(...drawings.map(({ width }) => width)),
    height: y,
  };
}

/** A heading over a drawing, at its left edge. */
export function headed(heading: string, drawing: Drawing): Drawing {
  const height = 24;
  return {
    content: `<text x="4" y="14" font-weight="600" text-anchor="start">${escaped(heading)}</text>` +
      `<g transform="translate(0,${height})">${drawing.content}</g>`,
    width: drawing.width,
    height: drawing.height + height,
  };
}

/**
 * Makes a figure of a drawing. Text takes the colour of the page, so it can be read on light and dark ones.
 *
 * @param title The question that the figure answers.
 * @param caption The answer: what one should see.
 * @param drawing The drawing.
 */
export function figure(title: string, caption: string, { content, width, height }: Drawing): Figure {
  return {
    title,
    caption,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ` +
      `height="${height}" role="img" aria-label="${escaped(title)}" fill="currentColor" ` +
      `font-family="system-ui, sans-serif" font-size="12" text-anchor="middle">${content}</svg>\n`,
  };
}

/**
 * Where to write the labels of values so that none covers another: each at its value, or as little above as leaves
 * room for the one below.
 *
 * @param values The values, in any order.
 * @param room How far apart labels must be, in the values' unit.
 * @returns The labels' heights, in the order of the values.
 */
export function apart(values: readonly number[], room: number): readonly number[] {
  const heights = [...values];
  const rising = values.map((_, index) => index).toSorted((a, b) => values[a]! - values[b]!);
  rising.slice(1).forEach((index, below) => {
    heights[index] = Math.max(values[index]!, heights[rising[below]!]! + room);
  });
  return heights;
}

/** Text as it may stand in SVG. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Rounds coordinates to hundredths of a pixel: the last bits of a logarithm differ between machines. */
function rounded(svg: string): string {
  return svg.replace(
    /="[^"]*\d\.\d{3,}[^"]*"/g,
    (attribute) => attribute.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (number) => String(+(+number).toFixed(2))),
  );
}
