/**
 * The figure of the coding rate layer by layer.
 *
 * @module
 */
import { changeWithDepth } from "../evaluate/variational_rate.ts";
import type { Figure } from "../kinds/figure.ts";
import { meanCurve } from "./curves.ts";
import { apart, colours, figure, type Pen } from "./figure.ts";

/** Curves over layers, one for each seed. */
export interface LayerCurves {
  /** Of trained networks. */
  readonly trained: readonly (readonly number[])[];
  /** Of the same networks before training. */
  readonly untrained: readonly (readonly number[])[];
}

/** Draws R^var by layer: thin lines for seeds, thick ones for their means, trained and untrained. */
export function layersFigure({ Plot, draw }: Pen, curves: LayerCurves): Figure {
  const layers = curves.trained[0]!.length;
  const groups = [
    { name: "trained", curves: curves.trained, colour: colours.tost, dash: "none" },
    { name: "untrained", curves: curves.untrained, colour: "currentColor", dash: "5 4" },
  ].map((group) => ({ ...group, mean: meanCurve(group.curves) }));
  const ends = groups.map(({ mean }) => mean.at(-1)!);
  const everything = [...curves.trained, ...curves.untrained].flat();
  const labels = apart(ends, (Math.max(...everything) - Math.min(...everything)) / 14);
  const [trained, untrained] = groups.map(({ mean }) => percent(changeWithDepth(mean)));
  return figure(
    "Does the coding rate fall with depth?",
    `From the first third of the layers to the last, R^var changes by ${trained} in trained networks and by ` +
      `${untrained} in untrained ones. R^var with f(x) = log(1 + x), of projections scaled to norm 1 a token ` +
      "and head, on test images; thin lines are seeds, thick ones their means.",
    draw({
      width: 640,
      height: 300,
      marginLeft: 60,
      marginRight: 100,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        domain: [1, layers],
        ticks: Array.from({ length: layers }, (_, layer) => layer + 1),
        tickFormat: "d",
        label: "layer",
        labelAnchor: "center",
        labelArrow: "none",
        inset: 6,
      },
      y: { grid: true, label: "variational coding rate, nats", labelArrow: "none", nice: true },
      marks: groups.flatMap(({ name, curves, mean, colour, dash }, index) => [
        ...curves.map((curve) =>
          Plot.line(points(curve), {
            x: "layer",
            y: "rate",
            stroke: colour,
            strokeOpacity: 0.4,
            strokeDasharray: dash,
          })
        ),
        Plot.line(points(mean), {
          x: "layer",
          y: "rate",
          stroke: colour,
          strokeWidth: 2.5,
          strokeDasharray: dash,
        }),
        Plot.dot(points(mean), { x: "layer", y: "rate", fill: colour, r: 3.5 }),
        Plot.text(points(mean).slice(-1), {
          x: "layer",
          y: [labels[index]!],
          text: [name],
          dx: 10,
          textAnchor: "start",
          fill: colour,
          fontWeight: 600,
        }),
      ]),
    }),
  );
}

function points(curve: readonly number[]): readonly { readonly layer: number; readonly rate: number }[] {
  return curve.map((rate, index) => ({ layer: index + 1, rate }));
}

function percent(change: number): string {
  return `${change < 0 ? "−" : "+"}${Math.abs(100 * change).toFixed(1)} %`;
}
