/**
 * The figure of soft tokens.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { mean } from "../stats/mean.ts";
import { apart, colours, figure, type Pen } from "./figure.ts";

/** How soft tokens came on. */
export interface SoftTokenCurve {
  /** The loops that they were made for. */
  readonly loops: number;
  /** The share of questions on which they succeed before each step. */
  readonly curve: readonly number[];
}

/** Draws the success of soft tokens by the steps of the attack: a thin line for each seed, a thick one for their mean. */
export function softTokensFigure({ Plot, draw }: Pen, curves: readonly SoftTokenCurve[]): Figure {
  const groups = [...Map.groupBy(curves.filter(({ curve }) => curve.length > 0), ({ loops }) => loops)]
    .toSorted(([a], [b]) => a - b);
  const drawn = groups.map(([loops, same], index) => ({
    name: `${loops} loops`,
    colour: index === 0 ? colours.softmax : colours.tost,
    seeds: same.map(({ curve }) => points(curve)),
    mean: points(
      same[0]!.curve.map((_, step) => mean(same.map(({ curve }) => curve[step] ?? curve.at(-1)!))),
    ),
  }));
  const steps = drawn[0]?.mean.length ?? 0;
  const places = apart(drawn.map(({ mean }) => mean.at(-1)!.share), 8);
  const said = drawn.map(({ name, mean }) => {
    const half = mean.find(({ share }) => share >= 50);
    return half === undefined ? `never with ${name}` : `after ${half.step} steps with ${name}`;
  });
  return figure(
    "Does more compute cost the attacker more steps?",
    `Questions on which soft tokens in the channel bring about the attacker's answer, by the steps of gradient descent ` +
      `through all loops, of those answered rightly without them. Half of the questions fall ${
        said.join(", ")
      }. Thin ` +
      "lines are seeds, thick ones their means.",
    draw({
      width: 640,
      height: 280,
      marginLeft: 50,
      marginRight: 90,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { domain: [0, Math.max(1, steps - 1)], label: "steps", labelAnchor: "center", labelArrow: "none" },
      y: { grid: true, domain: [0, 100], label: "of the questions, %", labelArrow: "none", inset: 6 },
      marks: drawn.flatMap(({ name, colour, seeds, mean }, index) => [
        ...seeds.map((seed) =>
          Plot.line(seed, { x: "step", y: "share", stroke: colour, strokeOpacity: 0.4 })
        ),
        Plot.line(mean, { x: "step", y: "share", stroke: colour, strokeWidth: 2 }),
        Plot.text([mean.at(-1)!], {
          x: "step",
          y: () => places[index]!,
          dx: 10,
          textAnchor: "start",
          fill: colour,
          fontWeight: 600,
          text: () => name,
        }),
      ]),
    }),
  );
}

function points(curve: readonly number[]): readonly { readonly step: number; readonly share: number }[] {
  return curve.map((share, step) => ({ step, share: 100 * share }));
}
