/**
 * Answers of learners in context, as figures see them.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Drawing, Pen } from "./figure.ts";

/** Judged answers to some questions after one draw of demonstrations. */
export const JudgedAnswers = Schema.Struct({
  /** The learner. */
  model: Schema.String,
  /** The data's true name. */
  data: Schema.String,
  /** Demonstrations before each question. */
  shots: Schema.Int,
  /** How many questions. */
  count: Schema.Int,
  /** The share of answers that are right. */
  accuracy: Schema.Finite,
  /** The expected calibration error. */
  error: Schema.Finite,
  /** What calibrated answers would show. */
  floor: Schema.Struct({ mean: Schema.Finite, high: Schema.Finite }),
  /** The mean probability of the chosen label among all words. */
  labelConfidence: Schema.Finite,
  /** The mean entropy over labels, in nats. */
  entropy: Schema.Finite,
  /** The bins of the error. */
  bins: Schema.Array(
    Schema.Struct({ count: Schema.Int, confidence: Schema.Finite, accuracy: Schema.Finite }),
  ),
});

/** Judged answers to some questions after one draw of demonstrations. */
export type JudgedAnswers = typeof JudgedAnswers.Type;

/** Numbers that go with numbers of demonstrations, several to one where there are several draws. */
export interface ShotsSeries {
  /** What the series is, for the legend. */
  readonly name: string;
  /** Its colour. */
  readonly colour: string;
  /** The numbers. */
  readonly points: readonly { readonly shots: number; readonly value: number }[];
  /** Whether the line is dashed: for what is not measured here, or compared with only. */
  readonly dashed?: boolean;
}

/** How a panel of series is drawn. */
export interface ShotsPanel {
  /** Width in pixels. */
  readonly width: number;
  /** Rows of legend to leave room for, so that panels beside each other are level. */
  readonly legend: number;
  /** Whether the legend is written: beside another panel with the same one it need not be. */
  readonly named: boolean;
  /** The vertical axis' name. */
  readonly label: string;
  /** The greatest value of the axis, for panels that share it; by the series unless given. */
  readonly most?: number;
}

/** The colours of series: blue, orange, and two more that differ from them in lightness too. */
export const seriesColours = ["#1f86d1", "#d9650f", "#7b2d8b", "#3c8d40"] as const;

/** Draws numbers against demonstrations: a dot a draw, a line through the means. */
export function shotsPanel(
  { Plot, draw }: Pen,
  series: readonly ShotsSeries[],
  { width, legend, named, label, most }: ShotsPanel,
): Drawing {
  const shots = [...new Set(series.flatMap(({ points }) => points.map((point) => point.shots)))]
    .sort((a, b) => a - b);
  const marginTop = 36 + 16 * legend;
  return draw({
    width,
    height: 240 + 16 * legend,
    marginLeft: 44,
    marginRight: 14,
    marginBottom: 38,
    marginTop,
    style: { fontSize: "12px" },
    x: { type: "point", domain: shots, label: "demonstrations", labelAnchor: "center", labelArrow: "none" },
    y: {
      grid: true,
      label,
      labelArrow: "none",
      ticks: 5,
      ...(most === undefined ? { zero: true } : { domain: [0, most] }),
    },
    marks: [
      ...series.flatMap(({ points, colour, dashed }) => [
        ...(dashed
          ? []
          : [Plot.dot(points, { x: "shots", y: "value", fill: colour, fillOpacity: 0.35, r: 2.5 })]),
        Plot.line(means(points), {
          x: "shots",
          y: "value",
          stroke: colour,
          strokeWidth: dashed ? 1.25 : 2,
          ...(dashed ? { strokeDasharray: "5 4" } : {}),
        }),
      ]),
      ...(named
        ? series.map(({ name, colour, dashed }, row) =>
          Plot.text([`${dashed ? "┄" : "━"} ${name}`], {
            frameAnchor: "top-left",
            dx: -36,
            dy: 30 + 16 * row - marginTop, // below the axis' name
            textAnchor: "start",
            fill: colour,
            fontWeight: 600,
          })
        )
        : []),
    ],
  });
}

/** The mean of the values at each number of demonstrations. */
export function means(
  points: ShotsSeries["points"],
): readonly { readonly shots: number; readonly value: number }[] {
  const shots = [...new Set(points.map((point) => point.shots))].sort((a, b) => a - b);
  return shots.map((one) => {
    const values = points.filter((point) => point.shots === one).map(({ value }) => value);
    return { shots: one, value: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
}

/** Judged answers by learner and data, in the order in which they first come. */
export function byLearner(
  judged: readonly JudgedAnswers[],
): readonly { readonly name: string; readonly judged: readonly JudgedAnswers[] }[] {
  const names = [...new Set(judged.map(({ model, data }) => `${model} on ${data}`))];
  return names.map((name) => ({
    name,
    judged: judged.filter(({ model, data }) => `${model} on ${data}` === name),
  }));
}
