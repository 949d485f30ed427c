/**
 * The figure of ascents.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colours, figure, type Pen } from "./figure.ts";

/** Ascents on one problem. */
export interface Climbs {
  /** The problem in words. */
  readonly name: string;
  /** F at each step, one list for each start. */
  readonly values: readonly (readonly number[])[];
  /** F at the global optimum. */
  readonly globalValue: number;
}

/** Draws F by step, one panel a problem, with the global optimum as a line. */
export function climbsFigure({ Plot, draw }: Pen, problems: readonly Climbs[]): Figure {
  const points = problems.flatMap(({ name, values }) =>
    values.flatMap((own, start) => own.map((value, step) => ({ name, start, step: step + 1, value })))
  );
  const rules = problems.map(({ name, globalValue }) => ({ name, globalValue }));
  const ends = problems.map(({ name, values, globalValue }) => {
    const reached = values.map((own) => own.at(-1)!);
    return `${name}: ${Math.min(...reached).toFixed(3)} to ${Math.max(...reached).toFixed(3)} of ` +
      globalValue.toFixed(3);
  });
  return figure(
    "Where does gradient ascent end?",
    `Lines are F from random starts, step by step; the level line is the global optimum F*. F ends at ${
      ends.join("; ")
    }. Where classes differ in size, the ranks settle evenly and not at the global optimum.`,
    draw({
      width: 60 + 300 * problems.length,
      height: 280,
      marginLeft: 50,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { type: "log", label: "step", labelAnchor: "center", labelArrow: "none", ticks: 4 },
      y: {
        grid: true,
        label: "F",
        labelArrow: "none",
        nice: true,
        domain: [0, Math.max(...rules.map((r) => r.globalValue))],
      },
      fx: { domain: problems.map(({ name }) => name), label: null, padding: 0.12 },
      marks: [
        Plot.ruleY(rules, { fx: "name", y: "globalValue", stroke: colours.softmax, strokeWidth: 1.5 }),
        Plot.text(rules, {
          fx: "name",
          x: 1,
          y: "globalValue",
          dy: 10,
          textAnchor: "start",
          fill: colours.softmax,
          fontWeight: 600,
          text: ({ globalValue }: { readonly globalValue: number }) => `F* = ${globalValue.toFixed(4)}`,
        }),
        Plot.line(points.filter(({ value }) => value >= 0), {
          fx: "name",
          x: "step",
          y: "value",
          z: "start",
          stroke: colours.tost,
          strokeWidth: 1.6,
          strokeOpacity: 0.7,
        }),
      ],
    }),
  );
}
