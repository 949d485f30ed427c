/**
 * The figures of accuracy, calibration error, confidence and entropy against demonstrations.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { beside, figure, headed, type Pen } from "./figure.ts";
import {
  byLearner,
  type JudgedAnswers,
  means,
  seriesColours,
  shotsPanel,
  type ShotsSeries,
} from "./in_context.ts";

const published = "LLaMA-30B on SST-2, as published";

/** LLaMA-30B on SST-2, read from the table that the paper's authors publish. */
const llama = [
  { shots: 0, error: 0.083, accuracy: 0.607 },
  { shots: 1, error: 0.163, accuracy: 0.93 },
  { shots: 2, error: 0.139, accuracy: 0.94 },
  { shots: 3, error: 0.126, accuracy: 0.961 },
  { shots: 4, error: 0.112, accuracy: 0.964 },
  { shots: 8, error: 0.08, accuracy: 0.964 },
];

/** Draws accuracy and calibration error against demonstrations, with what calibrated answers would show. */
export function shotsFigure(pen: Pen, judged: readonly JudgedAnswers[]): Figure {
  const learners = byLearner(judged);
  const asked = new Set(judged.map(({ shots }) => shots));
  const reference = (path: "error" | "accuracy"): ShotsSeries => ({
    name: published,
    colour: "currentColor",
    points: llama.filter(({ shots }) => asked.has(shots)).map((one) => ({
      shots: one.shots,
      value: one[path],
    })),
    dashed: true,
  });
  const series = (path: "error" | "accuracy") => [
    ...learners.map(({ name, judged }, index) => ({
      name,
      colour: seriesColours[index % seriesColours.length]!,
      points: judged.map((one) => ({ shots: one.shots, value: one[path] })),
    })),
    reference(path),
  ];
  const floors = learners.map(({ judged }, index) => ({
    name: "",
    colour: seriesColours[index % seriesColours.length]!,
    points: judged.map((one) => ({ shots: one.shots, value: one.floor.mean })),
    dashed: true,
  }));
  const legend = learners.length + 1;
  const questions = [...new Set(judged.map(({ count }) => count))].join(" or ");
  return figure(
    "How do accuracy and calibration change with demonstrations?",
    `${
      learners.map(errorsInWords).join(" ")
    } A dot is a draw of demonstrations, a line goes through the means. Dashed ` +
      `in the same colour: the error that calibrated answers to ${questions} questions would show by chance.`,
    beside(
      headed(
        "Accuracy",
        shotsPanel(pen, series("accuracy"), { width: 370, legend, named: true, label: "share right" }),
      ),
      headed(
        "Calibration error",
        shotsPanel(pen, [...series("error"), ...floors], {
          width: 370,
          legend,
          named: false,
          label: "expected calibration error",
        }),
      ),
    ),
  );
}

/** Draws confidence and entropy against demonstrations. */
export function confidenceFigure(pen: Pen, judged: readonly JudgedAnswers[]): Figure {
  const learners = byLearner(judged);
  const series = (path: "labelConfidence" | "entropy") =>
    learners.map(({ name, judged }, index) => ({
      name,
      colour: seriesColours[index % seriesColours.length]!,
      points: judged.map((one) => ({ shots: one.shots, value: one[path] })),
    }));
  const legend = learners.length;
  return figure(
    "Do demonstrations make learners surer?",
    `${
      learners.map(confidencesInWords).join(" ")
    } Confidence is the probability of the chosen label among all words, so ` +
      "that it is low where a learner does not expect a label at all; entropy is over the labels alone.",
    beside(
      headed(
        "Confidence",
        shotsPanel(pen, series("labelConfidence"), {
          width: 370,
          legend,
          named: true,
          label: "mean probability",
        }),
      ),
      headed(
        "Entropy",
        shotsPanel(pen, series("entropy"), { width: 370, legend, named: false, label: "mean, nats" }),
      ),
    ),
  );
}

function errorsInWords({ name, judged }: ReturnType<typeof byLearner>[number]): string {
  const errors = means(judged.map((one) => ({ shots: one.shots, value: one.error })));
  const worst = errors.reduce((most, one) => one.value > most.value ? one : most);
  const at = (place: typeof worst) => `${place.value.toFixed(2)} after ${place.shots}`;
  return `${name}: the calibration error is ${at(errors[0]!)}, greatest at ${at(worst)} and ${
    at(errors.at(-1)!)
  } demonstrations.`;
}

function confidencesInWords({ name, judged }: ReturnType<typeof byLearner>[number]): string {
  const of = (path: "labelConfidence" | "entropy") =>
    means(judged.filter(({ shots }) => shots > 0).map((one) => ({ shots: one.shots, value: one[path] })));
  const [confidence, entropy] = [of("labelConfidence"), of("entropy")];
  const way = (values: typeof confidence) =>
    `from ${values[0]!.value.toFixed(2)} to ${values.at(-1)!.value.toFixed(2)}`;
  return `${name}: between ${confidence[0]!.shots} and ${
    confidence.at(-1)!.shots
  } demonstrations confidence goes ${way(confidence)}, entropy ${way(entropy)} nats.`;
}
