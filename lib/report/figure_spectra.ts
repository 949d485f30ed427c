/**
 * The figure of singular values, class by class.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colours, figure, type Pen } from "./figure.ts";

/** Spectra beside what the theory says. */
export interface Spectra {
  /** Of what: `features of an ascent`. */
  readonly of: string;
  /** The singular values of each class, falling. */
  readonly spectra: readonly (readonly number[])[];
  /** σ⁺ of each class, where the theory has them settle. */
  readonly peaks: readonly number[];
  /** The rank of each class. */
  readonly ranks: readonly number[];
}

/** Draws the singular values of each class as dots, and σ⁺ as a line. */
export function spectraFigure({ Plot, draw }: Pen, { of, spectra, peaks, ranks }: Spectra): Figure {
  const name = (index: number) => `class ${index + 1}`;
  const dots = spectra.flatMap((values, index) =>
    values.map((value, place) => ({
      class: name(index),
      place: place + 1,
      value,
      kept: place < ranks[index]!,
    }))
  );
  const rules = peaks.map((peak, index) => ({ class: name(index), peak, rank: ranks[index]! }));
  const longest = Math.max(...spectra.map((values) => values.length));
  const highest = Math.max(...peaks, ...spectra.flat());
  return figure(
    "Do the singular values of a class settle at one height?",
    `Dots are the singular values of the ${of}, class by class; lines are σ⁺ of the theory. ` +
      `The ranks are ${ranks.join(", ")}, together ${sum(ranks)}; every other singular value is ` +
      `below the barrier √x⁻.`,
    draw({
      width: Math.max(480, 60 + 160 * spectra.length),
      height: 250,
      marginLeft: 50,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { domain: [0, longest + 1], label: "place", labelAnchor: "center", labelArrow: "none", ticks: 3 },
      y: { domain: [0, 1.15 * highest], grid: true, label: "singular value", labelArrow: "none" },
      fx: { domain: spectra.map((_, index) => name(index)), label: null, padding: 0.1 },
      marks: [
        Plot.ruleY(rules, { fx: "class", y: "peak", stroke: colours.softmax, strokeWidth: 1.5 }),
        Plot.text(rules, {
          fx: "class",
          y: "peak",
          x: longest,
          dy: -8,
          textAnchor: "end",
          fill: colours.softmax,
          fontWeight: 600,
          text: ({ peak }: { readonly peak: number }) => `σ⁺ = ${peak.toPrecision(4)}`,
        }),
        Plot.dot(dots, {
          fx: "class",
          x: "place",
          y: "value",
          r: 2.6,
          fill: ({ kept }: { readonly kept: boolean }) => kept ? colours.tost : "none",
          stroke: colours.tost,
        }),
      ],
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
