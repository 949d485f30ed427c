/**
 * The figure of critical points.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colours, figure, type Pen } from "./figure.ts";

/** A critical point. */
export interface CriticalPoint {
  /** What it is. */
  readonly verdict: string;
  /** F. */
  readonly value: number;
  /** The largest eigenvalue of the Hessian. */
  readonly largestCurvature: number;
}

/** Eigenvalues from which on a direction counts as curving up. */
const FLAT = 1e-5;

/** Draws critical points by F and by their largest curvature, on an axis that is linear around zero. */
export function landscapeFigure({ Plot, draw }: Pen, points: readonly CriticalPoint[]): Figure {
  const count = (verdict: string) => points.filter((point) => point.verdict === verdict).length;
  const groups = [
    { verdict: "saddle", name: "strict saddle", colour: colours.softmax, symbol: "circle" },
    { verdict: "maximum", name: "local maximum", colour: colours.tost, symbol: "circle" },
    { verdict: "counterexample", name: "counterexample", colour: "currentColor", symbol: "times" },
  ] as const;
  const shown = groups.filter(({ verdict }) => count(verdict) > 0);
  return figure(
    "Is every critical point a local maximum or a strict saddle?",
    `Of ${points.length} critical points from random starts ${
      count("maximum")
    } are local maxima of the theorem's ` +
      `form, ${count("saddle")} have a direction of positive curvature, ${
        count("counterexample")
      } contradict ` +
      `the theorem and ${count("unconverged")} did not converge. Curvatures up to ${FLAT} count as none.`,
    draw({
      width: 640,
      height: 320,
      marginLeft: 60,
      marginRight: 130,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { grid: true, label: "F", labelAnchor: "center", labelArrow: "none", nice: true },
      y: { grid: true, label: "largest eigenvalue of the Hessian", labelArrow: "none", nice: true },
      marks: [
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        ...shown.flatMap(({ verdict, name, colour, symbol }) => {
          const own = points.filter((point) => point.verdict === verdict);
          const highest = own.reduce((a, b) => a.value > b.value ? a : b);
          return [
            Plot.dot(own, {
              x: "value",
              y: "largestCurvature",
              symbol,
              r: 3.2,
              stroke: colour,
              strokeWidth: 1.3,
            }),
            Plot.text([highest], {
              x: "value",
              y: "largestCurvature",
              dx: 10,
              textAnchor: "start",
              fill: colour,
              fontWeight: 600,
              text: () => name,
            }),
          ];
        }),
      ],
    }),
  );
}
