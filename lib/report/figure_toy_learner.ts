/**
 * The figure of the toy learner beside an ideal one.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Figure } from "../kinds/figure.ts";
import { beside, figure, headed, type Pen } from "./figure.ts";
import { means, shotsPanel, type ShotsSeries } from "./in_context.ts";

const Errors = Schema.Struct({
  error: Schema.Finite,
  errorOfPrompts: Schema.Finite,
  floor: Schema.Struct({ mean: Schema.Finite, high: Schema.Finite }),
});

/** A toy learner and an ideal one, after some demonstrations. */
export const ToyErrors = Schema.Struct({
  /** Demonstrations before each question. */
  shots: Schema.Int,
  /** The learner's errors. */
  learner: Errors,
  /** The ideal learner's. */
  ideal: Errors,
  /** How far their probabilities are apart, as a mean. */
  distance: Schema.Finite,
});

/** A toy learner and an ideal one, after some demonstrations. */
export type ToyErrors = typeof ToyErrors.Type;

const learners = [["learner", "toy learner", "#1f86d1"], ["ideal", "exact posterior", "#d9650f"]] as const;

/**
 * Draws the calibration error against demonstrations in two ways: of each prompt by itself, and of all prompts at once.
 *
 * @param pen What to draw with.
 * @param prompts Answers to many questions after the same demonstrations.
 * @param single Answers to one question a prompt.
 */
export function toyLearnerFigure(
  pen: Pen,
  prompts: readonly ToyErrors[],
  single: readonly ToyErrors[],
): Figure {
  const series = (rows: readonly ToyErrors[], path: "error" | "errorOfPrompts"): readonly ShotsSeries[] =>
    learners.map(([who, name, colour]) => ({
      name,
      colour,
      points: rows.map((row) => ({ shots: row.shots, value: row[who][path] })),
    }));
  const chance: ShotsSeries = {
    name: "95 % of calibrated answers",
    colour: "currentColor",
    points: single.map(({ shots, ideal }) => ({ shots, value: ideal.floor.high })),
    dashed: true,
  };
  const legend = learners.length + 1;
  const ideal = means(prompts.map((row) => ({ shots: row.shots, value: row.ideal.errorOfPrompts })));
  const peak = ideal.reduce((most, one) => one.value > most.value ? one : most);
  const calm = single.filter(({ ideal }) => ideal.error <= ideal.floor.high).length;
  const distance = means(single.map((row) => ({ shots: row.shots, value: row.distance })));
  return figure(
    "Is a hump in the calibration error a fault of the learner?",
    `Measured prompt by prompt, even the exact posterior of the task family has an error of ` +
      `${ideal[0]!.value.toFixed(3)} without demonstrations, ${
        peak.value.toFixed(3)
      } after ${peak.shots} and ` +
      `${ideal.at(-1)!.value.toFixed(3)} after ${
        ideal.at(-1)!.shots
      }; over all prompts at once, ${calm} of ` +
      `${single.length} such errors lie within chance. The toy learner's probabilities lie ${
        Math.max(...distance.map(({ value }) => value)).toFixed(3)
      } from it at most, as a mean.`,
    beside(
      headed(
        "Each prompt by itself, then the mean",
        shotsPanel(pen, series(prompts, "errorOfPrompts"), {
          width: 370,
          legend,
          named: false,
          label: "calibration error",
        }),
      ),
      headed(
        "All prompts at once",
        shotsPanel(pen, [...series(single, "error"), chance], {
          width: 370,
          legend,
          named: true,
          label: "calibration error",
        }),
      ),
    ),
  );
}
