/**
 * The figure of how alike layers of an encoder and of a decoder are.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { beside, type Drawing, escaped, figure, headed } from "./figure.ts";
import { viridis } from "./viridis.ts";

/** The likeness of layers in one network. */
export interface Likeness {
  /** The network. */
  readonly name: string;
  /** CKA of each layer of the encoder, a row, with each layer of the decoder. */
  readonly cka: readonly (readonly number[])[];
  /** The mean of the pairs that mirror each other less that of the others, for each seed. */
  readonly beyond: readonly number[];
}

const MARGIN = 34;
const SIZE = 230;

/** Draws a matrix for each network; pairs of layers that are to mirror each other have a frame. */
export function ckaFigure(networks: readonly Likeness[]): Figure {
  return figure(
    "Do layers of the decoder undo those of the encoder?",
    `${
      networks.map(({ name, beyond }) =>
        `${name}: mirrored pairs are ${signed(mean(beyond))} above the others`
      )
        .join("; ")
    } (means over seeds). Linear CKA of the patches' tokens at a layer's input in the encoder (rows) and at a ` +
      "layer's output in the decoder (columns), for the first seed; 1 means alike up to rotation and scale. " +
      "Framed pairs mirror each other.",
    beside(...networks.map(({ name, cka }) => headed(name, matrix(cka)))),
  );
}

function matrix(cka: readonly (readonly number[])[]): Drawing {
  const layers = cka.length;
  const cell = SIZE / layers;
  const cells = cka.flatMap((row, input) =>
    row.map((value, output) => {
      const [x, y] = [MARGIN + output * cell, input * cell];
      const [red, green, blue] = viridis(Math.min(1, Math.max(0, value)));
      const number = cell < 26
        ? ""
        : `<text x="${x + cell / 2}" y="${y + cell / 2 + 4}" fill="${value > 0.6 ? "#000" : "#fff"}">${
          value.toFixed(2)
        }</text>`;
      return `<rect x="${x}" y="${y}" width="${cell}" height="${cell}" fill="rgb(${red},${green},${blue})"/>${number}`;
    })
  );
  const frames = Array.from(
    { length: layers },
    (_, input) =>
      `<rect x="${MARGIN + (layers - 1 - input) * cell + 2}" y="${input * cell + 2}" width="${
        cell - 4
      }" height="${cell - 4}" fill="none" stroke="#d9650f" stroke-width="3"/>`,
  );
  const numbers = Array.from(
    { length: layers },
    (_, layer) =>
      `<text x="${MARGIN + (layer + 0.5) * cell}" y="${SIZE + 16}">${layer + 1}</text>` +
      `<text x="${MARGIN - 8}" y="${(layer + 0.5) * cell + 4}" text-anchor="end">${layer + 1}</text>`,
  );
  const axes = `<text x="${MARGIN + SIZE / 2}" y="${SIZE + 34}">${escaped("layer of the decoder")}</text>` +
    `<text transform="translate(11,${SIZE / 2}) rotate(-90)">layer of the encoder</text>`;
  return {
    content: [...cells, ...frames, ...numbers, axes].join(""),
    width: MARGIN + SIZE + 30,
    height: SIZE + 42,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`;
}
