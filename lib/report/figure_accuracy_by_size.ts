/**
 * The figure of accuracy against the number of parameters.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { figure, type Pen } from "./figure.ts";

/** A network's accuracies, one for each seed. */
export interface SizedAccuracy {
  /** The network, as the figure calls it. */
  readonly name: string;
  /** The colour of its marks. */
  readonly colour: string;
  /** Its parameters. */
  readonly parameters: number;
  /** Shares from 0 to 1. */
  readonly accuracies: readonly number[];
}

/** Draws test accuracy against parameters on a logarithmic scale: circles for seeds, a bar for their mean. */
export function accuracyBySizeFigure(
  { Plot, draw }: Pen,
  data: string,
  networks: readonly SizedAccuracy[],
): Figure {
  const dots = networks.flatMap(({ accuracies, ...network }) =>
    accuracies.map((accuracy) => ({ ...network, accuracy: 100 * accuracy }))
  );
  const means = networks.map((network) => ({
    ...network,
    accuracy: meanInterval(network.accuracies.map((accuracy) => 100 * accuracy)).value,
  }));
  const values = dots.map(({ accuracy }) => accuracy);
  const room = Math.max(1, Math.max(...values) - Math.min(...values));
  const sizes = networks.map(({ parameters }) => parameters);
  const stroke = ({ colour }: { readonly colour: string }) => colour;
  return figure(
    "How much accuracy does a parameter buy?",
    `Test accuracy on ${data}: ${
      means.map(({ name, accuracy, parameters }) =>
        `${name} ${accuracy.toFixed(1)} % with ${parameters.toLocaleString("en")} parameters`
      ).join(", ")
    }. Circles are seeds, bars their means.`,
    draw({
      width: 620,
      height: 320,
      marginLeft: 50,
      marginRight: 30,
      marginBottom: 42,
      style: { fontSize: "12px" },
      x: {
        type: "log",
        domain: [Math.min(...sizes) / 1.6, Math.max(...sizes) * 1.6],
        ticks: ticksBetween(Math.min(...sizes) / 1.6, Math.max(...sizes) * 1.6),
        tickFormat: (size: number) => size.toLocaleString("en"),
        label: "parameters",
        labelAnchor: "center",
        labelArrow: "none",
      },
      y: {
        domain: [Math.min(...values) - 0.15 * room, Math.max(...values) + 0.3 * room],
        grid: true,
        label: "test accuracy, %",
        labelArrow: "none",
      },
      marks: [
        Plot.dot(dots, { x: "parameters", y: "accuracy", stroke, strokeWidth: 1.2, r: 3 }),
        Plot.text(means, {
          x: "parameters",
          y: "accuracy",
          text: () => "—",
          fill: stroke,
          fontWeight: 900,
          fontSize: 18,
        }),
        Plot.text(networks.map((network) => ({ ...network, top: 100 * Math.max(...network.accuracies) })), {
          x: "parameters",
          y: "top",
          dy: -14,
          text: "name",
          fill: stroke,
          fontWeight: 600,
        }),
      ],
    }),
  );
}

/** Round numbers, 1, 2 or 5 times a power of ten. */
function ticksBetween(least: number, most: number): readonly number[] {
  const powers = Array.from({ length: 12 }, (_, power) => 10 ** power);
  return powers.flatMap((power) => [power, 2 * power, 5 * power]).filter((tick) =>
    tick >= least && tick <= most
  );
}
