/**
 * The figure of membership inference.
 *
 * @module
 */
import { boundOfEpsilon } from "../attack/membership.ts";
import type { Figure } from "../kinds/figure.ts";
import { type Drawing, figure, type Pen } from "./figure.ts";

/** An attack on one run. */
export interface DrawnAttack {
  /** The run and, where there are several, the attack. */
  readonly name: string;
  /** Its colour. */
  readonly colour: string;
  /** Shares of others that are taken for members. */
  readonly falsePositive: readonly number[];
  /** Shares of members that are found, at those. */
  readonly truePositive: readonly number[];
  /** The area under the curve. */
  readonly auc: number;
}

/**
 * Draws how many members attacks find against how many others they take for members, on logarithmic axes, and what ε allows
 * at most.
 *
 * @param epsilons The ε whose bounds are drawn.
 */
export function membershipAttackFigure(
  pen: Pen,
  attacks: readonly DrawnAttack[],
  epsilons: readonly number[],
  delta: number,
): Figure {
  return figure(
    "Can one tell who was in the training data?",
    `Areas under the curves: ${
      attacks.map(({ name, auc }) => `${name} ${auc.toFixed(3)}`).join(", ")
    }; guessing has 0.5. ` +
      `Dashed: guessing, and the most that any attack can find on a run within ε at δ = ${
        delta.toExponential(0)
      }.`,
    panel(pen, attacks, epsilons, delta),
  );
}

/** The least share that is drawn. */
const LEAST = 1e-3;

function panel(
  { Plot, draw }: Pen,
  attacks: readonly DrawnAttack[],
  epsilons: readonly number[],
  delta: number,
): Drawing {
  const shares = Array.from({ length: 121 }, (_, index) => LEAST ** (1 - index / 120));
  const bounds = [
    { name: "guessing", labelAt: 30, points: shares.map((x) => ({ x, y: x })) },
    ...epsilons.map((epsilon, place) => ({
      name: `most at ε = ${epsilon}`,
      labelAt: 30 - 14 * place,
      points: shares.map((x) => ({ x, y: boundOfEpsilon(epsilon, delta, x) })),
    })),
  ];
  const curves = attacks.map(({ name, colour, falsePositive, truePositive }) => ({
    name,
    colour,
    points: falsePositive.map((x, index) => ({ x, y: truePositive[index]! })).filter(({ x, y }) =>
      x >= LEAST && y >= LEAST
    ),
  }));
  // Labels of curves, which meet at the right, stand below each other in the empty corner.
  const corner = attacks.map((_, index) => 0.011 * 0.62 ** index);
  return draw({
    width: 560,
    height: 380,
    marginLeft: 52,
    marginRight: 40,
    marginBottom: 40,
    style: { fontSize: "12px" },
    x: {
      type: "log",
      domain: [LEAST, 1],
      ticks: [0.001, 0.01, 0.1, 1],
      tickFormat: percent,
      label: "others taken for members",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: {
      type: "log",
      domain: [LEAST, 1],
      ticks: [0.001, 0.01, 0.1, 1],
      tickFormat: percent,
      grid: true,
      label: "members found",
      labelArrow: "none",
    },
    marks: [
      ...bounds.flatMap(({ name, labelAt, points }) => [
        Plot.line(points, {
          x: "x",
          y: "y",
          stroke: "currentColor",
          strokeOpacity: 0.6,
          strokeDasharray: "5 4",
        }),
        Plot.text([points[labelAt]!], {
          x: "x",
          y: "y",
          text: () => name,
          dx: 8,
          dy: 12,
          textAnchor: "start",
        }),
      ]),
      ...curves.map(({ colour, points }) =>
        Plot.line(points, { x: "x", y: "y", stroke: colour, strokeWidth: 2, curve: "step-after" })
      ),
      Plot.text(curves, {
        x: () => 0.09,
        y: corner,
        text: "name",
        fill: "colour",
        fontWeight: 600,
        textAnchor: "start",
      }),
    ],
  });
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
