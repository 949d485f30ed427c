/**
 * The figure of reliability: accuracy against confidence, and how far chance alone may put them apart.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { beside, type Drawing, figure, headed, type Pen, stacked } from "./figure.ts";
import type { JudgedAnswers } from "./in_context.ts";

/** A bin of all draws together. */
interface Bin {
  readonly confidence: number;
  readonly accuracy: number;
  readonly count: number;
  /** Two standard deviations of the accuracy of as many calibrated answers. */
  readonly chance: number;
}

/** Draws a reliability diagram for each number of demonstrations, over all draws of one learner. */
export function reliabilityFigure(pen: Pen, judged: readonly JudgedAnswers[]): Figure {
  const { model, data } = judged[0]!;
  const shots = [...new Set(judged.map((one) => one.shots))].sort((a, b) => a - b);
  const panels = shots.map((one) => panel(pen, one, judged.filter((answers) => answers.shots === one)));
  const rows = Array.from(
    { length: Math.ceil(panels.length / 3) },
    (_, row) => beside(...panels.slice(3 * row, 3 * row + 3)),
  );
  return figure(
    "Are answers right as often as they are sure?",
    `${model} on ${data}, all draws of demonstrations together. ${
      shots.map((one) => inWords(one, judged)).join(" ")
    } ` +
      "A dot is a bin of answers, the larger the more; its stem is what it lacks or exceeds. The bars around the " +
      "diagonal are two standard deviations of calibrated answers.",
    stacked(...rows),
  );
}

function panel({ Plot, draw }: Pen, shots: number, judged: readonly JudgedAnswers[]): Drawing {
  const bins = together(judged);
  const most = Math.max(...bins.map(({ count }) => count));
  const mean = (of: (answers: JudgedAnswers) => number) =>
    judged.reduce((sum, answers) => sum + of(answers), 0) / judged.length;
  const drawing = draw({
    width: 247,
    height: 230,
    marginLeft: 40,
    marginRight: 12,
    marginBottom: 38,
    marginTop: 22,
    style: { fontSize: "12px" },
    x: { domain: [0, 1], ticks: 5, label: "confidence", labelAnchor: "center", labelArrow: "none" },
    y: { domain: [0, 1], ticks: 5, grid: true, label: "share right", labelArrow: "none" },
    clip: true,
    marks: [
      Plot.line([[0, 0], [1, 1]], { stroke: "currentColor", strokeOpacity: 0.5, strokeDasharray: "5 4" }),
      Plot.ruleX(bins, {
        x: "confidence",
        y1: ({ confidence, chance }: Bin) => Math.max(0, confidence - chance),
        y2: ({ confidence, chance }: Bin) => Math.min(1, confidence + chance),
        stroke: "currentColor",
        strokeOpacity: 0.22,
        strokeWidth: 7,
      }),
      Plot.ruleX(bins, {
        x: "confidence",
        y1: "confidence",
        y2: "accuracy",
        stroke: "#d9650f",
        strokeWidth: 1.5,
      }),
      Plot.dot(bins, {
        x: "confidence",
        y: "accuracy",
        r: ({ count }: Bin) => 2 + 5 * Math.sqrt(count / most),
        fill: "#1f86d1",
        stroke: "white",
        strokeWidth: 0.75,
      }),
    ],
    r: { type: "identity" },
  });
  return headed(
    `${shots} shown: error ${mean(({ error }) => error).toFixed(2)}, chance ${
      mean(({ floor }) => floor.mean).toFixed(2)
    }`,
    drawing,
  );
}

function together(judged: readonly JudgedAnswers[]): readonly Bin[] {
  return judged[0]!.bins.flatMap((_, place) => {
    const bins = judged.map((answers) => answers.bins[place]!);
    const count = bins.reduce((sum, bin) => sum + bin.count, 0);
    if (count === 0) return [];
    const mean = (of: (bin: typeof bins[number]) => number) =>
      bins.reduce((sum, bin) => sum + bin.count * of(bin), 0) / count;
    const confidence = mean((bin) => bin.confidence);
    return [{
      confidence,
      accuracy: mean((bin) => bin.accuracy),
      count,
      chance: 2 * Math.sqrt(confidence * (1 - confidence) / count),
    }];
  });
}

function inWords(shots: number, judged: readonly JudgedAnswers[]): string {
  const bins = together(judged.filter((answers) => answers.shots === shots));
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const excess = bins.reduce((sum, bin) => sum + bin.count * (bin.confidence - bin.accuracy), 0) / count;
  const way = excess > 0 ? "surer than right" : "more often right than sure";
  return `After ${shots} they are ${way}, by ${Math.abs(100 * excess).toFixed(0)} points.`;
}
