/**
 * The figure of accuracies with their intervals.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Figure } from "../kinds/figure.ts";
import { colours, type Compared, figure, names, type Pen } from "./figure.ts";

const network = Schema.Literals(["tost", "softmax"]);

/** One measured accuracy: a row of a table of measurements. */
export const Accuracy = Schema.Struct({
  /** Which network. */
  network,
  /** Under which condition, as the figure says it. */
  condition: Schema.String,
  /** The share of images classified rightly. */
  accuracy: Schema.Finite,
  /** The true name of the images. */
  data: Schema.String,
});
export type Accuracy = typeof Accuracy.Type;

/** The mean of a network's accuracies under one condition: a row of their summary. */
export const MeanAccuracy = Schema.Struct({
  network,
  condition: Schema.String,
  /** The mean share. */
  mean: Schema.Finite,
  /** The lower end of its 95 % confidence interval; −∞ with one seed. */
  low: Schema.Number,
  /** The upper end; ∞ with one seed. */
  high: Schema.Number,
});
export type MeanAccuracy = typeof MeanAccuracy.Type;

/**
 * Draws accuracies: a dot for each seed, the mean with its 95 % confidence interval beneath, two networks a condition.
 *
 * @param accuracies The accuracies of all seeds.
 * @param means Their means by condition and network. Conditions are drawn in the order in which they appear.
 */
export function accuracyFigure(
  { Plot, draw }: Pen,
  accuracies: readonly Accuracy[],
  means: readonly MeanAccuracy[],
): Figure {
  const conditions = [...new Set(means.map(({ condition }) => condition))];
  const rows = means.map(percentages);
  const dots = accuracies.map((one) => ({ ...one, sample: 100 * one.accuracy }));
  const lowest = Math.min(...rows.map(({ low }) => low));
  return figure(
    "Does ToST classify as well as its softmax twin?",
    `${sentence(rows)} Test accuracy on ${
      accuracies[0]!.data
    }: circles are seeds, bars their means, lines 95 % ` +
      "confidence intervals (Student's t).",
    draw({
      width: 740,
      height: 40 + 64 * conditions.length,
      marginLeft: 130,
      marginRight: 150,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        domain: [Math.floor(Math.max(0, lowest - 2) / 5) * 5, 100],
        grid: true,
        label: "test accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: { domain: Object.keys(names), axis: null, padding: 0.3 },
      fy: { domain: conditions, label: null, padding: 0.18, axis: "left" },
      marks: [
        Plot.ruleY(rows, {
          fy: "condition",
          y: "network",
          x1: "low",
          x2: "high",
          stroke: colourOf,
          strokeWidth: 1.5,
        }),
        Plot.dot(dots, {
          fy: "condition",
          y: "network",
          x: "sample",
          stroke: colourOf,
          strokeWidth: 1.2,
          r: 2.5,
        }),
        Plot.tickX(rows, { fy: "condition", y: "network", x: "value", stroke: colourOf, strokeWidth: 3 }),
        Plot.text(rows, {
          fy: "condition",
          y: "network",
          x: 100,
          dx: 10,
          textAnchor: "start",
          fontWeight: 600,
          fill: colourOf,
          text: ({ network, value, half }: Row) =>
            `${names[network]} ${value.toFixed(1)}${half === null ? "" : ` ± ${half.toFixed(1)}`}`,
        }),
      ],
    }),
  );
}

/** A mean and its interval in percent. */
interface Row {
  readonly network: Compared;
  readonly condition: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Half the interval's width; null where it is unbounded. */
  readonly half: number | null;
}

function colourOf({ network }: { readonly network: Compared }): string {
  return colours[network];
}

/** The interval of shares in percent. It ends at 0 and 100, however few its samples; a single one has none. */
function percentages({ network, condition, mean, low, high }: MeanAccuracy): Row {
  const row = { network, condition, value: 100 * mean };
  return Number.isFinite(high)
    ? { ...row, low: Math.max(0, 100 * low), high: Math.min(100, 100 * high), half: 100 * (high - mean) }
    : { ...row, low: row.value, high: row.value, half: null };
}

function sentence(rows: readonly Row[]): string {
  const parts = [...Map.groupBy(rows, ({ condition }) => condition)].map(([condition, those]) => {
    const of = (compared: Compared) => those.find(({ network }) => network === compared)!.value;
    const points = of("tost") - of("softmax");
    return `${condition}: ${Math.abs(points).toFixed(1)} points ${points < 0 ? "below" : "above"}`;
  });
  return `ToST against the twin, ${parts.join("; ")}.`;
}
