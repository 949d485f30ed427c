/**
 * The figure of probes of private features.
 *
 * @module
 */
import { type Interval, meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { apart, beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** Features, and how they fare. */
export interface ProbedFeatures {
  /** What they are of: `captioner, ε = 8`. */
  readonly name: string;
  /** Whether they are a captioner's, its peer's, or a baseline. */
  readonly kind: "captioner" | "imitation" | "peer" | "baseline";
  /** For each seed: the accuracy with few examples of each class, by their number, and with all. */
  readonly probes: readonly { readonly shots: readonly number[]; readonly full: number }[];
}

const colours = {
  captioner: "#1f86d1",
  imitation: "#1f86d1",
  peer: "#d9650f",
  baseline: "currentColor",
} as const;

/**
 * Draws the accuracies of linear probes: with all examples by kind of features, and against the number of examples.
 *
 * @param features The features, worst to best as one would expect.
 * @param shots How many examples of each class there were.
 */
export function captionProbesFigure(
  pen: Pen,
  features: readonly ProbedFeatures[],
  shots: readonly number[],
): Figure {
  return figure(
    "What does privacy cost the features?",
    `${sentence(features)} Right: with ${shots.join(", ")} examples of each of 48 classes. Means over ` +
      `${
        features.at(-1)!.probes.length
      } seeds, circles are seeds. Dashed: a run that imitates the ratio of signal to noise ` +
      "of ten times the batch; it is not private.",
    beside(
      headed("All labelled images", fullPanel(pen, features)),
      headed("A few of each class", shotsPanel(pen, features, shots)),
    ),
  );
}

function fullPanel({ Plot, draw }: Pen, features: readonly ProbedFeatures[]): Drawing {
  const rows = features.map(({ name, kind, probes }) => ({
    name,
    kind,
    ...percent(probes.map(({ full }) => full)),
  }));
  const dots = features.flatMap(({ name, kind, probes }) =>
    probes.map(({ full }) => ({ name, kind, value: 100 * full }))
  );
  return draw({
    width: 360,
    height: 70 + 30 * rows.length,
    marginLeft: 150,
    marginRight: 54,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { zero: true, grid: true, label: "accuracy, %", labelAnchor: "center", labelArrow: "none", ticks: 5 },
    y: { domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.ruleY(rows, {
        y: "name",
        x1: 0,
        x2: "value",
        stroke: colourOf,
        strokeOpacity: 0.35,
        strokeWidth: 6,
      }),
      Plot.dot(dots, { y: "name", x: "value", stroke: colourOf, strokeWidth: 1.3, r: 3 }),
      Plot.tickX(rows, { y: "name", x: "value", stroke: colourOf, strokeWidth: 3 }),
      Plot.text(rows, {
        y: "name",
        x: (row: typeof rows[number]) =>
          Math.max(...dots.filter(({ name }) => name === row.name).map((dot) => dot.value)),
        text: ({ value }: { readonly value: number }) => value.toFixed(1),
        fill: colourOf,
        fontWeight: 600,
        dx: 10,
        textAnchor: "start",
      }),
    ],
  });
}

function shotsPanel(
  { Plot, draw }: Pen,
  features: readonly ProbedFeatures[],
  shots: readonly number[],
): Drawing {
  const curves = features.map(({ name, kind, probes }) => ({
    name,
    kind,
    points: shots.map((count, place) => ({
      count,
      kind,
      ...percent(probes.map((probe) => probe.shots[place]!)),
    })),
  }));
  const ends = curves.map(({ points }) => points.at(-1)!);
  const high = Math.max(...ends.map(({ value }) => value));
  const height = 70 + 30 * features.length;
  // Sixteen pixels of what is left of the height above and below the axes.
  const labels = apart(ends.map(({ value }) => value), 16 * high / (height - 70));
  return draw({
    width: 400,
    height,
    marginLeft: 40,
    marginRight: 150,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: {
      type: "log",
      ticks: [...shots],
      tickFormat: (count: number) => String(count),
      label: "examples of each class",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: {
      domain: [0, Math.max(...labels, high) * 1.02],
      grid: true,
      label: "accuracy, %",
      labelArrow: "none",
    },
    marks: curves.flatMap(({ name, kind, points }, place) => [
      Plot.line(points, {
        x: "count",
        y: "value",
        stroke: colours[kind],
        strokeWidth: 2,
        ...(kind === "imitation" ? { strokeDasharray: "5 4" } : {}),
        ...(kind === "baseline" ? { strokeOpacity: 0.55 } : {}),
      }),
      Plot.text([ends[place]!], {
        x: "count",
        y: [labels[place]!],
        text: () => name,
        fill: colours[kind],
        dx: 8,
        textAnchor: "start",
        fontWeight: kind === "baseline" ? 400 : 600,
      }),
    ]),
  });
}

function colourOf({ kind }: { readonly kind: ProbedFeatures["kind"] }): string {
  return colours[kind];
}

function percent(shares: readonly number[]): Interval {
  return meanInterval(shares.map((share) => 100 * share));
}

function sentence(features: readonly ProbedFeatures[]): string {
  return `Linear probes: ${
    features.map(({ name, probes }) =>
      `${name} ${percent(probes.map(({ full }) => full)).value.toFixed(1)} %`
    ).join(
      ", ",
    )
  }.`;
}
