/**
 * The figure of how attention comes to show the object: layer by layer, and as training goes on.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { apart, beside, colours, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** A line and its seeds, in percent. */
export interface SegmentationCurve {
  /** What it is, as its label says. */
  readonly name: string;
  /** Its colour. */
  readonly colour: string;
  /** Whether it is dashed. */
  readonly dashed?: boolean;
  /** Where its points are. */
  readonly places: readonly number[];
  /** Of each seed, a number at each place. */
  readonly seeds: readonly (readonly number[])[];
}

/** IoUs of the best head, and what heads that know nothing would reach, in percent. */
export interface SegmentationCurves {
  /** By layer, of one seed a list. */
  readonly layers: Readonly<
    Record<"crate" | "vit" | "untrainedCrate" | "untrainedVit", readonly (readonly number[])[]>
  >;
  /** Steps of training, and of each seed the IoU of CRATE's last layer but one then. */
  readonly training: { readonly steps: readonly number[]; readonly seeds: readonly (readonly number[])[] };
  /** What as many heads reach by chance, and by looking near the centre. */
  readonly baselines: Readonly<Record<"chance" | "centre", number>>;
}

/** Draws the IoU by layer and by step: thin lines are seeds, thick ones their means. */
export function segmentationCurvesFigure(
  pen: Pen,
  { layers, training, baselines }: SegmentationCurves,
): Figure {
  const places = layers.crate[0]!.map((_, layer) => layer + 1);
  const curves: readonly SegmentationCurve[] = [
    { name: "CRATE", colour: colours.tost, places, seeds: layers.crate },
    { name: "untrained", colour: colours.tost, dashed: true, places, seeds: layers.untrainedCrate },
    { name: "ViT", colour: colours.softmax, places, seeds: layers.vit },
    { name: "untrained", colour: colours.softmax, dashed: true, places, seeds: layers.untrainedVit },
  ];
  const time: SegmentationCurve = {
    name: "CRATE",
    colour: colours.tost,
    places: training.steps,
    seeds: training.seeds,
  };
  const [start, end] = [middle(time)[0]!, middle(time).at(-1)!];
  const everything = [...curves, time].flatMap(({ seeds }) => seeds.flat());
  const known = Object.values(baselines);
  const domain = [
    Math.floor(Math.min(...known, ...everything) / 2) * 2,
    Math.ceil(Math.max(...known, ...everything) / 2) * 2,
  ] as const;
  return figure(
    "Where and when does attention come to show the object?",
    `IoU of the best head with the object, keeping 60 % of the patches. In the last layer but one, CRATE goes from ` +
      `${percent(start)} before training to ${
        percent(end)
      } after it. Dotted lines: the best of as many heads by ` +
      `chance, ${percent(baselines.chance)}, and looking near the centre, ${
        percent(baselines.centre)
      }. Thin lines are ` +
      "seeds, thick ones their means.",
    beside(
      headed("by layer", panel(pen, curves, known, domain, "layer")),
      headed("by step of training", panel(pen, [time], known, domain, "step")),
    ),
  );
}

function panel(
  { Plot, draw }: Pen,
  curves: readonly SegmentationCurve[],
  baselines: readonly number[],
  domain: readonly [number, number],
  label: string,
): Drawing {
  const points = ({ places }: SegmentationCurve, numbers: readonly number[]) =>
    numbers.map((iou, index) => ({ x: places[index]!, iou }));
  const labels = apart(curves.map((curve) => middle(curve).at(-1)!), (domain[1] - domain[0]) / 15);
  return draw({
    width: label === "layer" ? 430 : 350,
    height: 290,
    marginLeft: 48,
    marginRight: 80,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: {
      ticks: [...curves[0]!.places],
      tickFormat: "d",
      label,
      labelAnchor: "center",
      labelArrow: "none",
      inset: 6,
    },
    y: { domain: [...domain], grid: true, label: "IoU, %", labelArrow: "none" },
    marks: [
      Plot.ruleY(baselines, { stroke: "currentColor", strokeDasharray: "1 3", strokeWidth: 1.5 }),
      ...curves.flatMap((curve, index) => {
        const { name, colour, dashed = false, seeds } = curve;
        const line = { x: "x", y: "iou", stroke: colour, strokeDasharray: dashed ? "5 4" : "none" } as const;
        const mean = points(curve, middle(curve));
        return [
          ...seeds.map((seed) => Plot.line(points(curve, seed), { ...line, strokeOpacity: 0.35 })),
          Plot.line(mean, { ...line, strokeWidth: 2.5 }),
          Plot.dot(mean, { x: "x", y: "iou", fill: colour, r: 3 }),
          Plot.text(mean.slice(-1), {
            ...{ x: "x", y: [labels[index]!], text: [name], dx: 10, textAnchor: "start" as const },
            ...{ fill: colour, fontWeight: dashed ? 400 : 600 },
          }),
        ];
      }),
    ],
  });
}

function percent(number: number): string {
  return `${number.toFixed(1)} %`;
}

/** The mean over seeds at each place. */
function middle({ places, seeds }: SegmentationCurve): readonly number[] {
  return places.map((_, index) => seeds.reduce((sum, seed) => sum + seed[index]!, 0) / seeds.length);
}
