/**
 * The figure of accountants.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { figure, type Pen } from "./figure.ts";

/** A run, and what accountants say of it. */
export interface AccountedRun {
  /** The sampling rate. */
  readonly rate: number;
  /** The noise multiplier. */
  readonly noise: number;
  /** The steps. */
  readonly steps: number;
  /** The δ. */
  readonly delta: number;
  /** ε by Rényi divergences. */
  readonly foundRenyi: number;
  /** ε by loss distributions. */
  readonly foundLosses: number;
  /** ε by the total amount of noise alone. */
  readonly tan: number;
}

const ways = {
  foundLosses: { name: "loss distribution", colour: "#1f86d1" },
  foundRenyi: { name: "Rényi divergences", colour: "#d9650f" },
  tan: { name: "total amount of noise", colour: "#8a5fc4" },
} as const;

/** Draws what each accountant says of runs, sorted by noise: the approximation by the total amount of noise fails below 1. */
export function privacyReferenceFigure({ Plot, draw }: Pen, runs: readonly AccountedRun[]): Figure {
  const sorted = runs.toSorted((a, b) => b.noise - a.noise || a.steps - b.steps);
  const rows = sorted.map((run) => ({
    ...run,
    name: `σ ${run.noise}, q ${Number(run.rate.toPrecision(2))}, T ${run.steps.toLocaleString("en")}, δ ${
      run.delta.toExponential(0)
    }`,
  }));
  const dots = (Object.keys(ways) as (keyof typeof ways)[]).flatMap((way) =>
    rows.map((row) => ({ name: row.name, value: row[way], way }))
  );
  const [low, high] = [
    0.9 * Math.min(...dots.map(({ value }) => value)),
    1.1 * Math.max(...dots.map(({ value }) => value)),
  ];
  const ticks = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10].filter((tick) => tick >= low && tick <= high);
  const quiet = sorted.filter(({ noise }) => noise < 1);
  const factor = Math.max(...quiet.map(({ foundRenyi, tan }) => foundRenyi / tan));
  return figure(
    "Which accountant tells the ε of a run?",
    `${runs.length} runs, by falling noise, the paper's among them. Rényi divergences say at most ` +
      `${
        Math.max(...runs.map((run) => run.foundRenyi - run.foundLosses)).toFixed(2)
      } more than the loss distribution. For ` +
      `σ below 1 the total amount of noise says up to ${factor.toFixed(1)} times too little.`,
    draw({
      width: 740,
      height: 60 + 22 * rows.length,
      marginLeft: 262,
      marginRight: 20,
      marginTop: 34,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { type: "log", domain: [low, high] },
      y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
      marks: [
        Plot.gridX(ticks),
        // On a logarithmic axis Plot leaves out labels that are no powers of ten, unless they are given as texts.
        Plot.axisX(ticks, { text: String, label: "ε", labelAnchor: "center", labelArrow: "none" }),
        Plot.dot(dots, {
          y: "name",
          x: "value",
          fill: ({ way }: typeof dots[number]) => ways[way].colour,
          r: 4,
        }),
        ...Object.values(ways).map(({ name, colour }, place) =>
          Plot.text([name], {
            frameAnchor: "top-left",
            dx: 150 * place,
            dy: -22,
            text: () => `● ${name}`,
            fill: colour,
            fontWeight: 600,
            textAnchor: "start",
          })
        ),
      ],
    }),
  );
}
