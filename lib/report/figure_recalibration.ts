/**
 * The figure of recalibration: what temperature scaling and scaling-binning do to the calibration error.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Figure } from "../kinds/figure.ts";
import { beside, figure, headed, type Pen } from "./figure.ts";
import { type JudgedAnswers, shotsPanel, type ShotsSeries } from "./in_context.ts";

/** The calibration error of some answers before and after recalibration. */
export const Recalibrated = Schema.Struct({
  /** As the learner answers. */
  raw: Schema.Struct({ error: Schema.Finite }),
  /** After temperature scaling, and whether the temperature was cut off. */
  temperature: Schema.Struct({ error: Schema.Finite, temperature: Schema.Finite, clipped: Schema.Boolean }),
  /** After scaling-binning. */
  scalingBinning: Schema.Struct({ error: Schema.Finite }),
});

/** The calibration error of some answers before and after recalibration. */
export type Recalibrated = typeof Recalibrated.Type;

/** What recalibration is fitted on: questions without demonstrations, after other draws, after the same. */
export const fittingModes = {
  zero: "Fitted without demonstrations",
  shots: "Fitted after other demonstrations",
  prompt: "Fitted after the same",
} as const;

/** A way of fitting. */
export type FittingMode = keyof typeof fittingModes;

const methods = [
  ["raw", "as answered", "currentColor"],
  ["temperature", "temperature scaling", "#1f86d1"],
  ["scalingBinning", "scaling-binning", "#d9650f"],
] as const;

/**
 * Draws the calibration error before and after recalibration against demonstrations, a panel a way of fitting.
 *
 * @param pen What to draw with.
 * @param judged The answers.
 * @param recalibrated The same answers after recalibration, in the same order, by way of fitting.
 */
export function recalibrationFigure(
  pen: Pen,
  judged: readonly JudgedAnswers[],
  recalibrated: Readonly<Record<FittingMode, readonly Recalibrated[]>>,
): Figure {
  const modes = Object.keys(fittingModes) as FittingMode[];
  const { model, data } = judged[0]!;
  const floor: ShotsSeries = {
    name: "chance",
    colour: "currentColor",
    points: judged.map(({ shots, floor }) => ({ shots, value: floor.mean })),
    dashed: true,
  };
  const seriesOf = (mode: FittingMode): readonly ShotsSeries[] => [
    ...methods.map(([method, name, colour]) => ({
      name,
      colour,
      points: recalibrated[mode].map((one, place) => ({
        shots: judged[place]!.shots,
        value: one[method].error,
      })),
    })),
    floor,
  ];
  const highest = Math.max(
    ...modes.flatMap((mode) => seriesOf(mode).flatMap(({ points }) => points.map(({ value }) => value))),
  );
  const clipped = modes.flatMap((mode) => recalibrated[mode]).filter(({ temperature }) =>
    temperature.clipped
  );
  return figure(
    "Does recalibration mend the answers?",
    `${model} on ${data}. ${modes.map((mode) => inWords(mode, recalibrated[mode])).join(" ")} ` +
      `Temperatures are sought from 0.01 to 5${
        clipped.length === 0 ? "." : `, which cuts ${clipped.length} of ${3 * judged.length} off.`
      }`,
    beside(
      ...modes.map((mode, index) =>
        headed(
          fittingModes[mode],
          shotsPanel(pen, seriesOf(mode), {
            width: 247,
            legend: methods.length + 1,
            named: index === 0,
            label: "calibration error",
            most: highest,
          }),
        )
      ),
    ),
  );
}

function inWords(mode: FittingMode, recalibrated: readonly Recalibrated[]): string {
  const mean = (method: "raw" | "temperature" | "scalingBinning") =>
    (recalibrated.reduce((sum, one) => sum + one[method].error, 0) / recalibrated.length).toFixed(3);
  return `${fittingModes[mode]}, the mean error goes from ${mean("raw")} to ${
    mean("temperature")
  } by temperature ` +
    `scaling and to ${mean("scalingBinning")} by scaling-binning.`;
}
