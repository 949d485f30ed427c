/**
 * The figure of training losses.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { smoothed } from "./curves.ts";
import {
  apart,
  beside,
  colours,
  type Compared,
  type Drawing,
  figure,
  headed,
  names,
  type Pen,
} from "./figure.ts";

/** The losses of networks that were trained alike. */
export interface LossCurves {
  /** What was trained: the panel's heading. */
  readonly name: string;
  /** The loss at every step in nats, one curve for each seed. */
  readonly losses: Readonly<Record<Compared, readonly (readonly number[])[]>>;
  /** A loss worth comparing with, and its name. */
  readonly reference?: { readonly name: string; readonly loss: number };
}

/** Draws training losses against steps, averaged over seeds and over windows of steps. */
export function lossesFigure(pen: Pen, panels: readonly LossCurves[]): Figure {
  return figure(
    "Do the networks learn, and alike?",
    `${panels.map(ending).join(" ")} Mean loss over seeds and over windows of a fiftieth of the steps.`,
    beside(...panels.map((curves) => headed(curves.name, panel(pen, curves)))),
  );
}

function panel({ Plot, draw }: Pen, { losses, reference }: LossCurves): Drawing {
  const curves = (Object.keys(names) as Compared[])
    .map((compared) => ({ compared, points: smoothed(losses[compared]) }));
  const highest = Math.max(...curves.flatMap(({ points }) => points.map(({ loss }) => loss)));
  const ends = curves.map(({ compared, points }) => ({ compared, ...points.at(-1)! }));
  const labels = apart(ends.map(({ loss }) => loss), highest / 14);
  return draw({
    width: 370,
    height: 260,
    marginLeft: 44,
    marginRight: 84,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { label: "step", labelAnchor: "center", labelArrow: "none", ticks: 4 },
    y: { grid: true, label: "loss, nats", labelArrow: "none", zero: true },
    marks: [
      ...(reference === undefined ? [] : [
        Plot.ruleY([reference.loss], { stroke: "currentColor", strokeDasharray: "5 4" }),
        Plot.text([reference], {
          y: "loss",
          frameAnchor: "left", // losses fall from above: the left, below the rule, is free
          dx: 4,
          dy: 10,
          textAnchor: "start",
          text: "name",
        }),
      ]),
      ...curves.map(({ compared, points }) =>
        Plot.line(points, { x: "step", y: "loss", stroke: colours[compared], strokeWidth: 2 })
      ),
      Plot.text(ends, {
        x: "step",
        y: labels,
        text: ({ compared }: { readonly compared: Compared }) => names[compared],
        fill: ({ compared }: { readonly compared: Compared }) => colours[compared],
        dx: 8,
        textAnchor: "start",
        fontWeight: 600,
      }),
    ],
  });
}

function ending({ name, losses }: LossCurves): string {
  const [tost, softmax] = (Object.keys(names) as Compared[])
    .map((compared) => smoothed(losses[compared]).at(-1)!.loss.toFixed(2));
  return `${name}: ToST ends at ${tost} nats, softmax at ${softmax}.`;
}
