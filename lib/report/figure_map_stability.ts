/**
 * The figure of attention maps under noise.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { apart, beside, colours, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** How far maps stay where they are, at each level of noise, of one seed. */
export interface Stability {
  /** The levels: σ in grey levels, the share of pixels, and the IoU with the maps without noise. */
  readonly levels: readonly { readonly sigma: number; readonly share: number; readonly iou: number }[];
  /** The IoU of unrelated masks. */
  readonly byChance: number;
}

/** How strong the noise is where its share changes, and on what share it is where its strength does. */
const FIXED = { sigma: 75, share: 0.5 } as const;

/** Draws the IoU of maps with and without noise, by its strength and by the share of pixels that have it. */
export function mapStabilityFigure(
  pen: Pen,
  measured: Readonly<Record<"CRATE" | "ViT", readonly Stability[]>>,
): Figure {
  const strongest = (name: keyof typeof measured) =>
    mean(measured[name].map(({ levels }) => levelAt(levels, 75, 0.5)));
  return figure(
    "Do the maps stay where they are under noise?",
    `IoU of each head's mask with and without noise, keeping 60 % of the patches in the last layer but one. With ` +
      `σ = 75 on half of the pixels it is ${strongest("CRATE").toFixed(2)} in CRATE and ` +
      `${strongest("ViT").toFixed(2)} in ViT; unrelated masks have ${
        measured.CRATE[0]!.byChance.toFixed(2)
      } ` +
      "(dashed). Thin lines are seeds, thick ones their means.",
    beside(
      headed("noise on 50 % of the pixels", panel(pen, measured, "sigma", "σ, grey levels of 255")),
      headed("noise with σ = 75", panel(pen, measured, "share", "share of the pixels")),
    ),
  );
}

function panel(
  { Plot, draw }: Pen,
  measured: Readonly<Record<"CRATE" | "ViT", readonly Stability[]>>,
  by: "sigma" | "share",
  label: string,
): Drawing {
  const other = by === "sigma" ? "share" : "sigma";
  const along = ({ levels }: Stability) =>
    levels.filter((level) => level[other] === FIXED[other])
      .toSorted((a, b) => a[by] - b[by])
      .map((level) => ({ x: level[by], iou: level.iou }));
  const groups = (["CRATE", "ViT"] as const).map((name) => {
    const curves = measured[name].map(along);
    const middle = curves[0]!.map(({ x }, index) => ({
      x,
      iou: mean(curves.map((curve) => curve[index]!.iou)),
    }));
    return { name, colour: name === "CRATE" ? colours.tost : colours.softmax, curves, middle };
  });
  const byChance = measured.CRATE[0]!.byChance;
  const least = Math.min(byChance, ...groups.flatMap(({ curves }) => curves.flat().map(({ iou }) => iou)));
  const bottom = Math.floor(20 * (least - 0.02)) / 20;
  const labels = apart(groups.map(({ middle }) => middle.at(-1)!.iou), (1 - bottom) / 14);
  return draw({
    width: 380,
    height: 280,
    marginLeft: 48,
    marginRight: 62,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: {
      ticks: groups[0]!.middle.map(({ x }) => x),
      tickFormat: by === "share" ? "%" : "d",
      label,
      labelAnchor: "center",
      labelArrow: "none",
      inset: 6,
    },
    y: { domain: [bottom, 1], grid: true, label: "IoU with the map without noise", labelArrow: "none" },
    marks: [
      Plot.ruleY([byChance], { stroke: "currentColor", strokeDasharray: "5 4", strokeOpacity: 0.7 }),
      ...groups.flatMap(({ name, colour, curves, middle }, index) => [
        ...curves.map((curve) => Plot.line(curve, { x: "x", y: "iou", stroke: colour, strokeOpacity: 0.4 })),
        Plot.line(middle, { x: "x", y: "iou", stroke: colour, strokeWidth: 2.5 }),
        Plot.dot(middle, { x: "x", y: "iou", fill: colour, r: 3.5 }),
        Plot.text(middle.slice(-1), {
          ...{ x: "x", y: [labels[index]!], text: [name], dx: 10, textAnchor: "start" as const },
          ...{ fill: colour, fontWeight: 600 },
        }),
      ]),
    ],
  });
}

function levelAt(levels: Stability["levels"], sigma: number, share: number): number {
  return levels.find((level) => level.sigma === sigma && level.share === share)?.iou ?? NaN;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
