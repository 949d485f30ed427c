/**
 * The figure of what features are good for.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import type { Probes } from "../mcr2/probes.ts";
import { colours, figure, type Pen } from "./figure.ts";

const objectives = {
  reduction: { name: "rate reduction", colour: colours.tost },
  crossEntropy: { name: "cross-entropy", colour: colours.softmax },
} as const;

const probes = {
  nearestSubspace: "nearest subspace",
  nearestNeighbours: "5 nearest neighbours",
  linearProbe: "linear probe",
} as const;

/** Draws test accuracy by three classifiers of features: circles are seeds, ticks their means. */
export function probesFigure(
  { Plot, draw }: Pen,
  measured: Readonly<Record<keyof typeof objectives, readonly Probes[]>>,
): Figure {
  const rows = (Object.keys(probes) as (keyof typeof probes)[]).flatMap((probe) =>
    (Object.keys(objectives) as (keyof typeof objectives)[]).map((objective) => {
      const samples = measured[objective].map((one) => 100 * one[probe]);
      return { probe: probes[probe], ...objectives[objective], samples, mean: meanInterval(samples).value };
    })
  );
  const dots = rows.flatMap((row) => row.samples.map((sample) => ({ ...row, sample })));
  const lowest = Math.min(...dots.map(({ sample }) => sample));
  const colour = (row: { readonly colour: string }) => row.colour;
  const sentence = rows.map(({ probe, name, mean }) => `${probe} on ${name} ${mean.toFixed(1)} %`);
  return figure(
    "Do the features tell unseen images apart?",
    `${
      sentence.join("; ")
    }. Test accuracy of classifiers fitted to the features of the training images; circles are ` +
      "seeds, ticks their means.",
    draw({
      width: 700,
      height: 240,
      marginLeft: 150,
      marginRight: 150,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        domain: [Math.floor(lowest - 1), 100],
        grid: true,
        label: "test accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: { domain: Object.values(objectives).map(({ name }) => name), axis: null, padding: 0.3 },
      fy: { domain: Object.values(probes), label: null, padding: 0.18, axis: "left" },
      marks: [
        Plot.dot(dots, { fy: "probe", y: "name", x: "sample", stroke: colour, r: 2.8 }),
        Plot.tickX(rows, { fy: "probe", y: "name", x: "mean", stroke: colour, strokeWidth: 3 }),
        Plot.text(rows, {
          fy: "probe",
          y: "name",
          x: 100,
          dx: 10,
          textAnchor: "start",
          fontWeight: 600,
          fill: colour,
          text: ({ name, mean }: { readonly name: string; readonly mean: number }) =>
            `${name} ${mean.toFixed(1)}`,
        }),
      ],
    }),
  );
}
