/**
 * The figure of how well each network shows where the object is.
 *
 * @module
 */
import { meanInterval } from "../claim/interval.ts";
import type { Figure } from "../kinds/figure.ts";
import { type EmergenceNetwork, emergenceNetworks } from "./emergence_networks.ts";
import { beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** What was measured of a network, one number a seed, in percent. */
export interface SegmentationScores {
  /** Which network. */
  readonly network: EmergenceNetwork;
  /** The IoU of the best head. */
  readonly iou: readonly number[];
  /** The average precision of boxes at an IoU of 0.5. */
  readonly ap50: readonly number[];
  /** Test accuracy; none where the test images have no labels of the network's. */
  readonly accuracy: readonly number[];
}

/** What heads that know nothing would reach, in percent. */
export type Baselines = Readonly<Record<"chance" | "centre", number>>;

/** Draws IoU and average precision by network: circles are seeds, bars their means, lines 95 % intervals. */
export function segmentationScoresFigure(
  pen: Pen,
  scores: readonly SegmentationScores[],
  baselines: Baselines,
): Figure {
  const sentence = scores.map(({ network, iou, ap50, accuracy }) =>
    `${emergenceNetworks[network].name} ${average(iou)} and ${average(ap50)}` +
    (accuracy.length > 0 ? ` (accuracy ${average(accuracy)})` : "")
  );
  return figure(
    "Whose attention shows the object, and whose keys?",
    `IoU of the best head and AP50 of MaskCut's boxes, in percent: ${
      sentence.join("; ")
    }. Best of as many heads by ` +
      `chance: ${baselines.chance.toFixed(1)}; looking near the centre: ${
        baselines.centre.toFixed(1)
      }. Circles are ` +
      "seeds, bars their means, lines 95 % confidence intervals (Student's t).",
    beside(
      headed(
        "IoU of the best head, %",
        panel(pen, scores.map(({ network, iou }) => ({ network, samples: iou })), baselines),
      ),
      headed(
        "AP50 of boxes by MaskCut, %",
        panel(pen, scores.map(({ network, ap50 }) => ({ network, samples: ap50 }))),
      ),
    ),
  );
}

function panel(
  { Plot, draw }: Pen,
  measured: readonly { readonly network: EmergenceNetwork; readonly samples: readonly number[] }[],
  baselines?: Baselines,
): Drawing {
  const rows = measured.map(({ network, samples }) => {
    const { value, low, high } = meanInterval(samples);
    const bounded = Number.isFinite(low);
    return {
      ...emergenceNetworks[network],
      samples,
      value,
      low: bounded ? Math.max(low, 0) : value,
      high: bounded ? Math.min(high, 100) : value,
    };
  });
  const dots = rows.flatMap((row) => row.samples.map((sample) => ({ ...row, sample })));
  const lines = baselines === undefined
    ? []
    : [{ x: baselines.chance, text: "chance" }, { x: baselines.centre, text: "centre" }];
  const colour = (row: { readonly colour: string }) => row.colour;
  const ends = [...rows.flatMap(({ low, high }) => [low, high]), ...lines.map(({ x }) => x)];
  const from = Math.max(0, Math.floor((Math.min(...ends) - 1) / 5) * 5);
  const to = Math.min(100, Math.ceil((Math.max(...ends) + 1) / 5) * 5);
  return draw({
    width: 420,
    height: 220,
    marginLeft: 100,
    marginRight: 20,
    marginTop: 24,
    marginBottom: 26,
    style: { fontSize: "12px" },
    x: { domain: [from, to], grid: true, label: null },
    y: { domain: rows.map(({ name }) => name), label: null, padding: 0.3, tickSize: 0 },
    marks: [
      Plot.ruleX(lines, { x: "x", stroke: "currentColor", strokeDasharray: "5 4", strokeOpacity: 0.7 }),
      Plot.text(lines, { x: "x", text: "text", frameAnchor: "top", dy: -14, fill: "currentColor" }),
      Plot.ruleY(rows, { y: "name", x1: "low", x2: "high", stroke: colour, strokeWidth: 1.5 }),
      Plot.tickX(rows, { y: "name", x: "value", stroke: colour, strokeWidth: 3 }),
      Plot.dot(dots, { y: "name", x: "sample", stroke: colour, r: 3 }),
    ],
  });
}

function average(samples: readonly number[]): string {
  return (samples.reduce((sum, value) => sum + value, 0) / samples.length).toFixed(1);
}
