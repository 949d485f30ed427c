/**
 * The figure of training losses of any networks.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { smoothed } from "./curves.ts";
import { apart, beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** The losses of one network. */
export interface NamedLosses {
  /** The network, as the figure calls it. */
  readonly name: string;
  /** The colour of its curve. */
  readonly colour: string;
  /** The loss at every step, one curve for each seed. */
  readonly losses: readonly (readonly number[])[];
}

/** Networks that were trained alike. */
export interface LossPanel {
  /** What they were trained to do: the panel's heading. */
  readonly heading: string;
  /** The networks. */
  readonly curves: readonly NamedLosses[];
  /** A loss worth comparing with, and its name. */
  readonly reference?: { readonly name: string; readonly loss: number };
  /** The unit of the loss; nats where nothing is said. */
  readonly unit?: string;
}

/** Draws training losses against steps, averaged over seeds and over windows of a fiftieth of the steps. */
export function lossCurvesFigure(pen: Pen, title: string, panels: readonly LossPanel[]): Figure {
  return figure(
    title,
    `${
      panels.map(ending).join(" ")
    } Mean training loss over seeds and over windows of a fiftieth of the steps.`,
    beside(...panels.map((panel) => headed(panel.heading, drawPanel(pen, panel)))),
  );
}

function drawPanel({ Plot, draw }: Pen, { curves, reference, unit = "nats" }: LossPanel): Drawing {
  const drawn = curves.map(({ losses, ...curve }) => ({ ...curve, points: smoothed(losses) }));
  const highest = Math.max(...drawn.flatMap(({ points }) => points.map(({ loss }) => loss)));
  const ends = drawn.map(({ name, colour, points }) => ({ name, colour, ...points.at(-1)! }));
  const labels = apart(ends.map(({ loss }) => loss), highest / 14);
  const longest = Math.max(...drawn.map(({ name }) => name.length));
  return draw({
    width: 320 + 7 * longest,
    height: 270,
    marginLeft: 44,
    marginRight: 24 + 7 * longest,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { label: "step", labelAnchor: "center", labelArrow: "none", ticks: 4 },
    y: { grid: true, label: `loss, ${unit}`, labelArrow: "none", zero: true },
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
      ...drawn.map(({ colour, points }) =>
        Plot.line(points, { x: "step", y: "loss", stroke: colour, strokeWidth: 2 })
      ),
      Plot.text(ends, {
        x: "step",
        y: labels,
        text: "name",
        fill: ({ colour }: { readonly colour: string }) => colour,
        dx: 8,
        textAnchor: "start",
        fontWeight: 600,
      }),
    ],
  });
}

function ending({ heading, curves, unit = "nats" }: LossPanel): string {
  const ends = curves.map(({ name, losses }) => `${name} at ${smoothed(losses).at(-1)!.loss.toPrecision(3)}`);
  return `${heading}: ${ends.join(", ")} ${unit} at the end.`;
}
