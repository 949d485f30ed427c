/**
 * The figure of distances to the robust optimum.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colourOfMethod, meanOfCurves } from "./federated_methods.ts";
import { apart, beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** One method's way to the robust optimum. */
export interface Way {
  /** The method. */
  readonly name: string;
  /** Whether it is an ablation: drawn with dashes. */
  readonly ablation: boolean;
  /** Rounds done. */
  readonly rounds: readonly number[];
  /** log10 of the squared distance after those, one curve for each seed. */
  readonly distances: readonly (readonly number[])[];
}

/** The methods on one kind of losses. */
export interface Ways {
  /** The losses: the panel's heading. */
  readonly name: string;
  /** The methods. */
  readonly ways: readonly Way[];
}

/** Draws squared distances to the robust optimum against rounds: thin lines for seeds, thick ones for their means. */
export function robustConvergenceFigure(pen: Pen, panels: readonly Ways[]): Figure {
  return figure(
    "Which methods come to the robust optimum?",
    `${
      panels.map(sentence).join(" ")
    } Thick lines are geometric means over seeds, which are thin; the optimum is ` +
      "computed with all data in one place. DRFA has the best of its settings, the others have one.",
    beside(...panels.map((panel) => headed(panel.name, draw(pen, panel)))),
  );
}

function draw(pen: Pen, { ways }: Ways): Drawing {
  const { Plot } = pen;
  const means = ways.map((way) => ({ ...way, mean: meanOfCurves(way.distances) }));
  const floor = -28;
  const clip = (distance: number) => Math.max(distance, floor);
  const highest = Math.max(...means.flatMap(({ mean }) => mean));
  const labels = apart(means.map(({ mean }) => clip(mean.at(-1)!)), (highest - floor) / 18);
  return pen.draw({
    width: 400,
    height: 320,
    marginLeft: 46,
    marginRight: 118,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { label: "round", labelAnchor: "center", labelArrow: "none", ticks: 4 },
    y: {
      domain: [floor, Math.ceil(highest) + 1],
      ticks: [-28, -24, -20, -16, -12, -8, -4, 0],
      tickFormat: (power: number) => power === 0 ? "1" : `10${superscript(power)}`,
      grid: true,
      label: "‖x − x*‖²",
      labelArrow: "none",
    },
    marks: means.flatMap(({ name, ablation, rounds, distances, mean }, index) => {
      const stroke = colourOfMethod(name);
      const strokeDasharray = ablation ? "5 3" : "none";
      const points = (curve: readonly number[]) =>
        rounds.map((round, at) => ({ round, distance: clip(curve[at]!) }));
      return [
        ...distances.map((curve) =>
          Plot.line(points(curve), { x: "round", y: "distance", stroke, strokeOpacity: 0.3, strokeDasharray })
        ),
        Plot.line(points(mean), { x: "round", y: "distance", stroke, strokeWidth: 2.2, strokeDasharray }),
        Plot.text([rounds.at(-1)!], {
          x: [rounds.at(-1)!],
          y: [labels[index]!],
          text: [name],
          dx: 8,
          textAnchor: "start",
          fill: stroke,
          fontWeight: 600,
        }),
      ];
    }),
  });
}

function sentence({ name, ways }: Ways): string {
  const ends = ways.map((way) =>
    `${way.name} ends at 10${superscript(Math.round(meanOfCurves(way.distances).at(-1)!))}`
  );
  return `${name}: ${ends.join(", ")}.`;
}

function superscript(power: number): string {
  return [...String(power)].map((sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]!).join("");
}
