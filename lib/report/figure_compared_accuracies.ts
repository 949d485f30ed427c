/**
 * The figure of accuracies of named networks, group by group.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { figure, type Pen } from "./figure.ts";

/** The accuracies of one network under one condition. */
export interface ComparedAccuracy {
  /** The condition, or what else groups rows. */
  readonly group: string;
  /** The network, or what else a row is; empty where there is but one. */
  readonly name: string;
  /** The colour of its marks. */
  readonly colour: string;
  /** Shares from 0 to 1, one for each seed. */
  readonly accuracies: readonly number[];
}

/**
 * Draws accuracies row by row: circles for seeds, bars for their means, lines for 95 % confidence intervals.
 *
 * @param title The question.
 * @param note What a reader must know, after the means.
 */
export function comparedAccuraciesFigure(
  { Plot, draw }: Pen,
  title: string,
  note: string,
  rows: readonly ComparedAccuracy[],
): Figure {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const rowNames = [...new Set(rows.map(({ name }) => name))];
  const means = rows.map(withInterval);
  const dots = rows.flatMap(({ accuracies, ...row }) =>
    accuracies.map((accuracy) => ({ ...row, accuracy: 100 * accuracy }))
  );
  const lowest = Math.min(...dots.map(({ accuracy }) => accuracy), ...means.map(({ low }) => low));
  const highest = Math.max(...dots.map(({ accuracy }) => accuracy), ...means.map(({ high }) => high));
  const step = highest - lowest < 12 ? 1 : 5;
  const start = Math.max(0, Math.floor(lowest / step) * step);
  const end = Math.min(100, Math.ceil(highest / step) * step);
  const longestGroup = Math.max(...groups.map((group) => group.length));
  const longestName = Math.max(...rowNames.map((name) => name.length));
  const at = { fy: "group", y: "name" } as const;
  const stroke = ({ colour }: { readonly colour: string }) => colour;
  return figure(
    title,
    `${
      groups.map((group) => sentence(group, means.filter((row) => row.group === group))).join(" ")
    } ${note} ` +
      "Circles are seeds, bars their means, lines 95 % confidence intervals (Student's t).",
    draw({
      width: 560 + 7 * longestGroup + 7 * longestName,
      height: 50 + groups.length * (14 + 24 * rowNames.length),
      marginLeft: 16 + 7 * longestGroup,
      marginRight: 100 + 7 * longestName,
      marginTop: 8,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        domain: [start, end],
        grid: true,
        label: "test accuracy, %",
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: { domain: rowNames, axis: null, padding: 0.3 },
      fy: { domain: groups, label: null, padding: 0.12, axis: "left" },
      marks: [
        Plot.ruleY(means, { ...at, x1: "low", x2: "high", stroke, strokeWidth: 1.5 }),
        Plot.dot(dots, { ...at, x: "accuracy", stroke, strokeWidth: 1.2, r: 2.5 }),
        Plot.tickX(means, { ...at, x: "value", stroke, strokeWidth: 3 }),
        Plot.text(means, {
          ...at,
          x: end,
          dx: 10,
          textAnchor: "start",
          fontWeight: 600,
          fill: stroke,
          text: ({ name, value, half }: Mean) =>
            `${name} ${value.toFixed(1)}${half === null ? "" : ` ± ${half.toFixed(1)}`}`.trim(),
        }),
      ],
    }),
  );
}

/** A row with its mean and interval in percent. */
interface Mean extends ComparedAccuracy {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Half the interval's width; null where it is unbounded. */
  readonly half: number | null;
}

function withInterval(row: ComparedAccuracy): Mean {
  const { value, low, high } = meanInterval(row.accuracies.map((accuracy) => 100 * accuracy));
  return Number.isFinite(high)
    ? { ...row, value, low: Math.max(0, low), high: Math.min(100, high), half: high - value }
    : { ...row, value, low: value, high: value, half: null };
}

function sentence(group: string, rows: readonly Mean[]): string {
  const parts = rows.map(({ name, value }) => `${name} ${value.toFixed(1)} %`.trim());
  return `${group === "" ? "" : `${group}: `}${parts.join(", ")}.`;
}
