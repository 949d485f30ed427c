/**
 * The figure of the λ at which the global optimum of theorem 1 stops being one.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { apart, colours, figure, type Pen } from "./figure.ts";

/** What a direction is worth as λ grows. */
export interface Turning {
  /** Numbers of classes. */
  readonly classes: readonly number[];
  /** Shares of λ_max. */
  readonly shares: readonly number[];
  /** h(x⁺) at each share, for each number of classes, in units of its value at the least share. */
  readonly curves: readonly (readonly number[])[];
  /** The share at which h(x⁺) = 0, for each number of classes. */
  readonly turns: readonly number[];
}

/** Draws h(x⁺) over λ, one curve for each number of classes, where it nears zero. */
export function turningFigure({ Plot, draw }: Pen, { classes, shares, curves, turns }: Turning): Figure {
  const from = 0.5;
  const lines = classes.map((count, index) => ({
    count,
    turn: turns[index]!,
    points: shares.flatMap((share, place) => share < from ? [] : [{ share, value: curves[index]![place]! }]),
  }));
  const ends = lines.map(({ points }) => points[0]!.value);
  const labels = apart(
    ends,
    (Math.max(...ends) - Math.min(...lines.flatMap((l) => l.points.map((p) => p.value)))) / 13,
  );
  const opacity = (index: number) => 0.35 + 0.65 * (index + 1) / lines.length;
  return figure(
    "Up to which λ is the full-rank point better than nothing?",
    `Curves are what one direction adds to F at its best, h(x⁺), for ${
      classes.join(", ")
    } classes of one size. ` +
      `It falls below zero at ${
        turns.map((turn) => turn.toFixed(3)).join(", ")
      } of λ_max: beyond, Z = 0 is ` +
      "above the point that theorem 1 (ii) calls global, though λ ≤ λ_max. Our own finding.",
    draw({
      width: 640,
      height: 300,
      marginLeft: 96,
      marginRight: 52,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { domain: [from, 1], grid: true, label: "λ / λ_max", labelAnchor: "center", labelArrow: "none" },
      y: { label: "h(x⁺), relative", labelArrow: "none", nice: true, axis: "right", ticks: 4 },
      marks: [
        Plot.ruleY([0], { stroke: colours.softmax, strokeWidth: 1.5 }),
        ...lines.flatMap(({ count, turn, points }, index) => [
          Plot.line(points, {
            x: "share",
            y: "value",
            stroke: colours.tost,
            strokeOpacity: opacity(index),
            strokeWidth: 2,
          }),
          Plot.dot([{ share: turn }], { x: "share", y: 0, r: 3.5, fill: colours.softmax }),
          Plot.text([{ label: labels[index]! }], {
            x: from,
            y: "label",
            dx: -8,
            textAnchor: "end",
            fill: colours.tost,
            fontWeight: 600,
            text: () => `${count} classes`,
          }),
        ]),
      ],
    }),
  );
}
