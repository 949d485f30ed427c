/**
 * The figure of accuracies on average and of the worst clients, beside what is known of the paper's.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { colourOfMethod } from "./federated_methods.ts";
import { beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** A method's accuracies: one for each seed, or what the paper has. */
export interface Fairness {
  /** The method. */
  readonly name: string;
  /** Mean accuracies of all clients, in percent; none where the number is not known. */
  readonly mean: readonly number[];
  /** Mean accuracies of the worst 20 % of clients, in percent; none where the number is not known. */
  readonly worst: readonly number[];
}

/** The methods on one data set. */
export interface FairnessPanel {
  /** The data. */
  readonly name: string;
  /** The methods, in the order of the rows. */
  readonly methods: readonly Fairness[];
}

/** The cells of the paper's Table 1 at CIFAR-100, α = 0.01 that its reviews quote: second-hand. */
export const publishedFairness: FairnessPanel = {
  name: "The paper: CIFAR-100, α = 0.01 (second-hand)",
  methods: [
    { name: "Scaff-PD", mean: [49.03], worst: [29.3] },
    { name: "DRFA", mean: [], worst: [26.77] },
    { name: "AFL", mean: [], worst: [18.04] },
    { name: "q-FFL", mean: [], worst: [5.43] },
    { name: "SCAFFOLD", mean: [], worst: [] },
    { name: "FedAvg", mean: [], worst: [15.93] },
  ],
};

/** Draws a row a method: a dot at the accuracy of the worst 20 % of clients, a ring at the mean of all. */
export function fairnessFigure(pen: Pen, panels: readonly FairnessPanel[]): Figure {
  const pairs = Array.from(
    { length: Math.ceil(panels.length / 2) },
    (_, row) =>
      beside(...panels.slice(2 * row, 2 * row + 2).map((panel) => headed(panel.name, draw(pen, panel)))),
  );
  return figure(
    "Which methods serve the worst clients, and at what cost to the mean?",
    `${
      panels.slice(1).map(sentence).join(" ")
    } Dots are the worst 20 % of clients, rings the mean of all, each a mean ` +
      "over seeds; thin lines are 95 % confidence intervals (Student's t). The paper's numbers are as its reviews quote " +
      "them, of one run; what they do not quote is left out.",
    stack(pairs),
  );
}

function draw({ Plot, draw }: Pen, { methods }: FairnessPanel): Drawing {
  const rows = methods.map(({ name, mean, worst }) => ({ name, mean: summary(mean), worst: summary(worst) }));
  const whole = rows.flatMap(({ name, mean, worst }) =>
    mean === null || worst === null ? [] : [{ name, from: worst.value, to: mean.value }]
  );
  const marks = (which: "mean" | "worst") =>
    rows.flatMap(({ name, [which]: found }) => found === null ? [] : [{ name, ...found }]);
  const colour = ({ name }: { readonly name: string }) => colourOfMethod(name);
  return draw({
    width: 400,
    height: 66 + 27 * methods.length,
    marginLeft: 122,
    marginRight: 24,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { domain: [0, 100], grid: true, label: "test accuracy, %", labelAnchor: "center", labelArrow: "none" },
    y: { domain: methods.map(({ name }) => name), label: null, padding: 0.3 },
    marks: [
      Plot.ruleY(whole, {
        y: "name",
        x1: "from",
        x2: "to",
        stroke: colour,
        strokeOpacity: 0.35,
        strokeWidth: 5,
      }),
      ...(["mean", "worst"] as const).map((which) =>
        Plot.ruleY(marks(which), { y: "name", x1: "low", x2: "high", stroke: "currentColor", strokeWidth: 1 })
      ),
      Plot.dot(marks("mean"), { y: "name", x: "value", stroke: colour, strokeWidth: 2, r: 4 }),
      Plot.dot(marks("worst"), { y: "name", x: "value", fill: colour, r: 4.5 }),
      Plot.text(rows.filter(({ worst }) => worst === null), {
        y: "name",
        x: 2,
        text: () => "not quoted",
        textAnchor: "start",
        fillOpacity: 0.6,
      }),
    ],
  });
}

/** The mean of some accuracies with its interval, within 0 and 100; one of them has none. */
function summary(accuracies: readonly number[]) {
  if (accuracies.length === 0) return null;
  const { value, low, high, n } = meanInterval(accuracies);
  return n < 2
    ? { value, low: value, high: value }
    : { value, low: Math.max(0, low), high: Math.min(100, high) };
}

function sentence({ name, methods }: FairnessPanel): string {
  const [robust, average] = ["Scaff-PD", "FedAvg"].map((method) =>
    methods.find((one) => one.name.split(",")[0] === method)!
  ) as [Fairness, Fairness];
  const gain = (which: "mean" | "worst") => {
    const points = meanInterval(robust[which]).value - meanInterval(average[which]).value;
    return `${points < 0 ? "−" : "+"}${Math.abs(points).toFixed(1)}`;
  };
  return `${name}: ${robust.name} against FedAvg, ${gain("worst")} points for the worst 20 %, ${
    gain("mean")
  } on average.`;
}

function stack(drawings: readonly Drawing[]): Drawing {
  let y = 0;
  const content = drawings.map((drawing) => {
    const placed = `<g transform="translate(0,${y})">${drawing.content}</g>`;
    y += drawing.height + 10;
    return placed;
  });
  return { content: content.join(""), width: Math.max(...drawings.map(({ width }) => width)), height: y };
}
