/**
 * The figure of accuracy and of attacks by compute.
 *
 * @module
 */
import { cellsOf, type Robustness } from "../evaluate/attack_success.ts";
import type { Figure } from "../kinds/figure.ts";
import { mean } from "../stats/mean.ts";
import { apart, colours, figure, type Pen } from "./figure.ts";

interface Dot {
  readonly operations: number;
  readonly share: number;
}

/** Draws the accuracy without attack, and the success of the strongest attack of a name, by compute: a dot for each seed. */
export function computeFigure({ Plot, draw }: Pen, seeds: readonly Robustness[], attack: string): Figure {
  const accuracy: Dot[] = seeds.flatMap(({ computes, accuracy }) =>
    computes.map(({ operations }, at) => ({ operations, share: 100 * accuracy[at]! }))
  );
  const success: Dot[] = seeds.flatMap((seed) => {
    const cells = cellsOf(seed, attack);
    const most = Math.max(...cells.map(({ strength }) => strength));
    return cells.filter(({ strength }) => strength === most)
      .flatMap(({ cells }) => cells.map(({ operations, success }) => ({ operations, share: 100 * success })));
  });
  const curves = [
    { name: "right answers", colour: colours.tost, dots: accuracy },
    { name: "successful attacks", colour: colours.softmax, dots: success },
  ].map((curve) => ({ ...curve, means: meansOf(curve.dots) })).filter(({ means }) => means.length > 0);
  const places = apart(curves.map(({ means }) => means.at(-1)!.share), 8);
  const said = curves.map(({ name, means }) =>
    `${name} from ${means[0]!.share.toFixed(0)} % to ${means.at(-1)!.share.toFixed(0)} %`
  );
  return figure(
    "What does compute buy?",
    `Right answers without attack, and success of ${attack} with the most of its resource, over all goals, by the ` +
      `compute of thinking and answering. From the least compute to the most: ${
        said.join(", ")
      }. Circles are seeds ` +
      "and goals, lines go through their means.",
    draw({
      width: 640,
      height: 300,
      marginLeft: 50,
      marginRight: 150,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        type: "log",
        label: "compute a question, MFLOP",
        labelAnchor: "center",
        labelArrow: "none",
        inset: 8,
      },
      y: { grid: true, domain: [0, 100], label: "of the questions, %", labelArrow: "none", inset: 6 },
      marks: curves.flatMap(({ name, colour, dots, means }, index) => [
        Plot.line(means, { x: inMillions, y: "share", stroke: colour, strokeWidth: 2 }),
        Plot.dot(dots, { x: inMillions, y: "share", stroke: colour, r: 3 }),
        Plot.text([means.at(-1)!], {
          x: inMillions,
          y: () => places[index]!,
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

function inMillions({ operations }: Dot): number {
  return operations / 1e6;
}

function meansOf(dots: readonly Dot[]): readonly Dot[] {
  return [...Map.groupBy(dots, ({ operations }) => operations)]
    .map(([operations, same]) => ({ operations, share: mean(same.map(({ share }) => share)) }))
    .toSorted((a, b) => a.operations - b.operations);
}
