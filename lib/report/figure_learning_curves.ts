/**
 * The figure of accuracy against the number of training examples.
 *
 * @module
 */
import { type Interval, meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** The accuracies of one seed's classifiers, one for each size of training set. */
export interface LearningCurve {
  /** The points, in the order of their sizes. */
  readonly points: readonly { readonly size: number; readonly id: number; readonly ood: number }[];
}

const colours = { id: "#1f86d1", ood: "#d9650f" } as const;
const names = { id: "as in training", ood: "under the shift" } as const;

/** Draws accuracy with and without a shift against the size of the training set, learned from clean and noisy labels. */
export function learningCurvesFigure(
  pen: Pen,
  clean: readonly LearningCurve[],
  noisy: readonly LearningCurve[],
): Figure {
  return figure(
    "Does more data help?",
    `${sentence("Clean labels", clean)} ${sentence("One label in five wrong", noisy)} Means over ` +
      `${clean.length} seeds of linear classifiers of largest margin; bands are 95 % confidence intervals.`,
    beside(
      headed("Clean labels", panel(pen, clean)),
      headed("One label in five wrong, all fitted", panel(pen, noisy)),
    ),
  );
}

type Where = keyof typeof names;

interface Row extends Interval {
  readonly size: number;
}

function panel({ Plot, draw }: Pen, curves: readonly LearningCurve[]): Drawing {
  const lines = (Object.keys(names) as Where[]).map((where) => ({ where, rows: rowsOf(curves, where) }));
  return draw({
    width: 380,
    height: 280,
    marginLeft: 44,
    marginRight: 112,
    marginBottom: 40,
    style: { fontSize: "12px" },
    x: {
      type: "log",
      ticks: curves[0]!.points.map(({ size }) => size),
      tickFormat: (size: number) => size.toLocaleString("en"),
      label: "training examples",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: { domain: [0.5, 1], grid: true, label: "accuracy", labelArrow: "none" },
    marks: lines.flatMap(({ where, rows }) => [
      Plot.areaY(rows, {
        x: "size",
        y1: "low",
        y2: "high",
        fill: colours[where],
        fillOpacity: 0.18,
        clip: true,
      }),
      Plot.line(rows, { x: "size", y: "value", stroke: colours[where], strokeWidth: 2 }),
      Plot.dot(rows, { x: "size", y: "value", fill: colours[where], r: 3 }),
      Plot.text(rows.slice(-1), {
        x: "size",
        y: "value",
        text: () => names[where],
        fill: colours[where],
        dx: 8,
        textAnchor: "start",
        fontWeight: 600,
      }),
    ]),
  });
}

function rowsOf(curves: readonly LearningCurve[], where: Where): readonly Row[] {
  return curves[0]!.points.map(({ size }, place) => {
    const { value, low, high, n } = meanInterval(curves.map(({ points }) => points[place]![where]));
    return n < 2 ? { size, value, low: value, high: value, n } : { size, value, low, high, n };
  });
}

function sentence(what: string, curves: readonly LearningCurve[]): string {
  const sizes = curves[0]!.points;
  const change = (where: Where) => {
    const rows = rowsOf(curves, where);
    return `${rows[0]!.value.toFixed(2)} to ${rows.at(-1)!.value.toFixed(2)}`;
  };
  return `${what}: from ${sizes[0]!.size} to ${sizes.at(-1)!.size} examples accuracy goes from ` +
    `${change("id")} as in training, and from ${change("ood")} under the shift.`;
}
