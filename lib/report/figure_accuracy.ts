/**
 * The figure of accuracies with their intervals.
 *
 * @module
 */
import { type Interval, meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { colours, type Compared, figure, names, type Pen } from "./figure.ts";

/** Accuracies under one condition, such as clean images or an attack. */
export interface Condition {
  /** The condition, as its row says it. */
  readonly name: string;
  /** Shares of images classified rightly, one for each seed. */
  readonly accuracies: Readonly<Record<Compared, readonly number[]>>;
}

/**
 * Draws accuracies: a dot for each seed, the mean with its 95 % confidence interval beneath, two networks a condition.
 *
 * @param data The true name of the data.
 */
export function accuracyFigure({ Plot, draw }: Pen, data: string, conditions: readonly Condition[]): Figure {
  const rows = conditions.flatMap(({ name, accuracies }) =>
    (Object.keys(names) as Compared[]).map((compared) => ({
      condition: name,
      compared,
      samples: accuracies[compared],
      ...percentages(accuracies[compared]),
    }))
  );
  const dots = rows.flatMap(({ samples, ...row }) =>
    samples.map((share) => ({ ...row, sample: 100 * share }))
  );
  const lowest = Math.min(...rows.map(({ low }) => low));
  return figure(
    "Does ToST classify as well as its softmax twin?",
    `${sentence(conditions)} Test accuracy on ${data}: circles are seeds, bars their means, lines 95 % ` +
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
      fy: { domain: conditions.map(({ name }) => name), label: null, padding: 0.18, axis: "left" },
      marks: [
        Plot.ruleY(rows, {
          fy: "condition",
          y: "compared",
          x1: "low",
          x2: "high",
          stroke: colourOf,
          strokeWidth: 1.5,
        }),
        Plot.dot(dots, {
          fy: "condition",
          y: "compared",
          x: "sample",
          stroke: colourOf,
          strokeWidth: 1.2,
          r: 2.5,
        }),
        Plot.tickX(rows, { fy: "condition", y: "compared", x: "value", stroke: colourOf, strokeWidth: 3 }),
        Plot.text(rows, {
          fy: "condition",
          y: "compared",
          x: 100,
          dx: 10,
          textAnchor: "start",
          fontWeight: 600,
          fill: colourOf,
          text: ({ compared, value, half }: Row) =>
            `${names[compared]} ${value.toFixed(1)}${half === null ? "" : ` ± ${half.toFixed(1)}`}`,
        }),
      ],
    }),
  );
}

interface Row extends Interval {
  readonly compared: Compared;
  readonly half: number | null;
}

function colourOf({ compared }: { readonly compared: Compared }): string {
  return colours[compared];
}

/** The interval of shares in percent. It ends at 0 and 100, however few its samples; a single one has none. */
function percentages(shares: readonly number[]): Interval & { readonly half: number | null } {
  const { value, low, high, n } = meanInterval(shares.map((share) => 100 * share));
  return n < 2
    ? { value, low: value, high: value, n, half: null }
    : { value, low: Math.max(0, low), high: Math.min(100, high), n, half: high - value };
}

function sentence(conditions: readonly Condition[]): string {
  const parts = conditions.map(({ name, accuracies }) => {
    const points = 100 *
      (meanInterval(accuracies.tost).value - meanInterval(accuracies.softmax).value);
    const size = Math.abs(points).toFixed(1);
    return `${name}: ${size} points ${points < 0 ? "below" : "above"}`;
  });
  return `ToST against the twin, ${parts.join("; ")}.`;
}
