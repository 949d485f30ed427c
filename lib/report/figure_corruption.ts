/**
 * The figure of accuracy under corrupted labels.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { apart, colours, figure, type Pen } from "./figure.ts";

/** Test accuracies, one for each seed, by the share of training labels that are corrupted. */
export interface CorruptionCurve {
  /** What was trained. */
  readonly name: string;
  /** The accuracies at each rate. */
  readonly accuracies: readonly (readonly number[])[];
}

/** Draws test accuracy by corruption: a dot for each seed, a line through their means. */
export function corruptionFigure(
  { Plot, draw }: Pen,
  data: string,
  rates: readonly number[],
  curves: readonly [CorruptionCurve, CorruptionCurve],
): Figure {
  const drawn = curves.map((curve, index) => ({
    ...curve,
    colour: index === 0 ? colours.tost : colours.softmax,
    means: curve.accuracies.map((seeds, place) => ({
      rate: 100 * rates[place]!,
      accuracy: 100 * meanInterval(seeds).value,
    })),
    dots: curve.accuracies.flatMap((seeds, place) =>
      seeds.map((accuracy) => ({ rate: 100 * rates[place]!, accuracy: 100 * accuracy }))
    ),
  }));
  const lowest = Math.min(...drawn.flatMap(({ dots }) => dots.map(({ accuracy }) => accuracy)));
  const labels = apart(drawn.map(({ means }) => means.at(-1)!.accuracy), (100 - lowest) / 12 + 0.5);
  const [first, second] = drawn.map(({ name, means }) => `${name} ${means.at(-1)!.accuracy.toFixed(1)} %`);
  return figure(
    "Do rate-reduced features bear wrong labels better?",
    `Test accuracy on ${data} after training with corrupted labels; circles are seeds, lines go through their ` +
      `means. At ${(100 * rates.at(-1)!).toFixed(0)} % corrupted: ${first}, ${second}.`,
    draw({
      width: 640,
      height: 300,
      marginLeft: 50,
      marginRight: 170,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        ticks: rates.map((rate) => 100 * rate),
        label: "corrupted training labels, %",
        labelAnchor: "center",
        labelArrow: "none",
        inset: 8,
      },
      y: { grid: true, label: "test accuracy, %", labelArrow: "none", nice: true },
      marks: drawn.flatMap(({ name, colour, means, dots }, index) => [
        Plot.line(means, { x: "rate", y: "accuracy", stroke: colour, strokeWidth: 2 }),
        Plot.dot(dots, { x: "rate", y: "accuracy", stroke: colour, r: 3 }),
        Plot.text([{ accuracy: labels[index]! }], {
          x: 100 * rates.at(-1)!,
          y: "accuracy",
          dx: 14,
          textAnchor: "start",
          fill: colour,
          fontWeight: 600,
          text: () => name,
        }),
      ]),
    }),
  );
}
