/**
 * The figure of what fairness costs on the network.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colourOfMethod, meanOfCurves } from "./federated_methods.ts";
import { apart, beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** One method's accuracy of the worst clients, and what it had cost by then. */
export interface Course {
  /** The method. */
  readonly name: string;
  /** Rounds done. */
  readonly rounds: readonly number[];
  /** Bytes sent, both ways, by all clients together. */
  readonly bytes: readonly number[];
  /** Accuracies of the worst 20 % of clients, in percent, a curve for each seed. */
  readonly worst: readonly (readonly number[])[];
}

/** Draws accuracies of the worst 20 % of clients against rounds, and against bytes: means over seeds. */
export function trafficFigure(pen: Pen, data: string, courses: readonly Course[]): Figure {
  const aRound = courses.map(({ name, bytes, rounds }) =>
    `${name} ${(bytes.at(-1)! / rounds.at(-1)! / 1e6).toFixed(2)}`
  );
  return figure(
    "What does serving the worst clients cost on the network?",
    `${
      leaders(courses)
    } Accuracy of the worst 20 % of clients on ${data}, means over seeds. A round sends, in MB of all ` +
      `clients both ways: ${aRound.join(", ")}.`,
    beside(
      headed("By the round", draw(pen, courses, ({ rounds }) => rounds, "round")),
      headed(
        "By what is sent",
        draw(pen, courses, ({ bytes }) => bytes.map((count) => count / 1e6), "MB sent, of all clients"),
      ),
    ),
  );
}

function draw(
  pen: Pen,
  courses: readonly Course[],
  cost: (course: Course) => readonly number[],
  label: string,
): Drawing {
  const { Plot } = pen;
  const means = courses.map((course) => ({
    ...course,
    cost: cost(course),
    mean: meanOfCurves(course.worst),
  }));
  const highest = Math.max(...means.flatMap(({ mean }) => mean));
  const furthest = Math.max(...means.map(({ cost }) => cost.at(-1)!));
  const labels = apart(means.map(({ mean }) => mean.at(-1)!), highest / 15);
  return pen.draw({
    width: 400,
    height: 290,
    marginLeft: 40,
    marginRight: 78,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { domain: [0, furthest], label, labelAnchor: "center", labelArrow: "none", ticks: 5 },
    y: { domain: [0, Math.ceil(highest / 10) * 10], grid: true, label: "accuracy, %", labelArrow: "none" },
    marks: means.flatMap(({ name, cost, mean }, index) => {
      const stroke = colourOfMethod(name);
      const points = cost.map((at, i) => ({ at, accuracy: mean[i]! }));
      return [
        Plot.line(points, { x: "at", y: "accuracy", stroke, strokeWidth: 2 }),
        Plot.dot(points.slice(-1), { x: "at", y: "accuracy", fill: stroke, r: 3 }),
        Plot.text([name], {
          x: [furthest],
          y: [labels[index]!],
          text: [name],
          dx: 8,
          textAnchor: "start",
          fill: stroke,
          fontWeight: 600,
        }),
      ];
    }),
  });
}

/** Who leads when all rounds are done, and who for the bytes that the most sparing method takes for them. */
function leaders(courses: readonly Course[]): string {
  const budget = Math.min(...courses.map(({ bytes }) => bytes.at(-1)!));
  const best = (place: (course: Course) => number) =>
    courses.map((course) => ({ name: course.name, accuracy: meanOfCurves(course.worst)[place(course)]! }))
      .reduce((a, b) => b.accuracy > a.accuracy ? b : a);
  const all = best(({ rounds }) => rounds.length - 1);
  const sparing = best(({ bytes }) => bytes.findLastIndex((sent) => sent <= budget));
  return `After ${courses[0]!.rounds.at(-1)} rounds ${all.name} leads with ${
    all.accuracy.toFixed(1)
  } %; for ` +
    `${(budget / 1e6).toFixed(1)} MB, ${sparing.name} with ${sparing.accuracy.toFixed(1)} %.`;
}
