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

/** Draws critical points by F and by their largest curvature; those that would lie on each other are one disc, with their number. */
export function landscapeFigure({ Plot, draw }: Pen, points: readonly CriticalPoint[]): Figure {
  const count = (verdict: string) => points.filter((point) => point.verdict === verdict).length;
  const shown = kinds.filter(({ verdict }) => count(verdict) > 0).map((kind) => ({
    ...kind,
    orbits: orbitsOf(points.filter(({ verdict }) => verdict === kind.verdict)),
  }));
  return figure(
    "Is every critical point a local maximum or a strict saddle?",
    `Of ${points.length} critical points from random starts ${
      count("maximum")
    } are local maxima of the theorem's ` +
      `form, ${count("saddle")} have a direction of positive curvature, ${
        count("counterexample")
      } contradict ` +
      `the theorem and ${
        count("unconverged")
      } did not converge. Discs are points of one F and one curvature to two decimals, ` +
      `numbers how many they are; curvatures up to ${FLAT} count as none.`,
    draw({
      width: 640,
      height: 320,
      marginLeft: 60,
      marginRight: 130,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { grid: true, label: "F", labelAnchor: "center", labelArrow: "none", nice: true, inset: 16 },
      y: {
        grid: true,
        label: "largest eigenvalue of the Hessian",
        labelArrow: "none",
        nice: true,
        insetTop: 24,
        insetBottom: 16,
      },
      r: { range: [2.5, 14] },
      marks: [
        Plot.ruleY([0], { strokeOpacity: 0.5 }),
        ...shown.flatMap(({ name, colour, orbits }) => [
          Plot.dot(orbits, {
            x: "value",
            y: "largestCurvature",
            r: "points",
            fill: colour,
            fillOpacity: 0.25,
            stroke: colour,
            strokeWidth: 1.4,
          }),
          Plot.text(orbits, {
            x: "value",
            y: "largestCurvature",
            dy: -20,
            fill: colour,
            text: ({ points }: Orbit) => String(points),
          }),
          Plot.text(orbits.slice(-1), {
            x: "value",
            y: "largestCurvature",
            dx: 22,
            textAnchor: "start",
            fill: colour,
            fontWeight: 600,
            text: () => name,
          }),
        ]),
      ],
    }),
  );
}

const kinds = [
  { verdict: "saddle", name: "strict saddle", colour: colours.softmax },
  { verdict: "maximum", name: "local maximum", colour: colours.tost },
  { verdict: "counterexample", name: "counterexample", colour: "currentColor" },
] as const;

/** Critical points of one F and one curvature. */
interface Orbit {
  readonly value: number;
  readonly largestCurvature: number;
  readonly points: number;
}

/** Gathers points that agree to two decimals, which stand in one place of the drawing, by rising F. */
function orbitsOf(points: readonly CriticalPoint[]): readonly Orbit[] {
  const rounded = (number: number) => Math.round(100 * number); // not as text: it tells −0 from 0
  return [
    ...Map.groupBy(points, ({ value, largestCurvature }) => `${rounded(value)} ${rounded(largestCurvature)}`)
      .values(),
  ]
    .map((group) => ({ ...group[0]!, points: group.length }))
    .toSorted((a, b) => a.value - b.value);
}
