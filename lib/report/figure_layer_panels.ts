/**
 * The figure of several measures layer by layer, after training and before.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { meanCurve } from "./curves.ts";
import { apart, beside, colours, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** One measure by layer. */
export interface LayerPanel {
  /** What is measured: the panel's heading, and the measure's name in the caption. */
  readonly name: string;
  /** The vertical axis's label. */
  readonly axis: string;
  /** Curves over layers of trained networks, one for each seed. */
  readonly trained: readonly (readonly number[])[];
  /** The same before training. */
  readonly untrained: readonly (readonly number[])[];
}

const GROUPS = [
  { name: "trained", colour: colours.tost, dash: "none" },
  { name: "untrained", colour: "currentColor", dash: "5 4" },
] as const;

/**
 * Draws measures by layer side by side: thin lines for seeds, thick ones for their means, trained and untrained.
 *
 * @param title The question.
 * @param note What a reader must know, after the sentences that say where each curve goes.
 */
export function layerPanelsFigure(
  pen: Pen,
  title: string,
  note: string,
  panels: readonly LayerPanel[],
): Figure {
  return figure(
    title,
    `${panels.map(sentence).join(" ")} ${note} Thin lines are seeds, thick ones their means.`,
    beside(...panels.map((panel) => headed(panel.name, drawPanel(pen, panel)))),
  );
}

function drawPanel({ Plot, draw }: Pen, panel: LayerPanel): Drawing {
  const groups = GROUPS.map((group) => ({
    ...group,
    curves: panel[group.name],
    mean: meanCurve(panel[group.name]),
  }));
  const layers = groups[0]!.mean.length;
  const everything = groups.flatMap(({ curves }) => curves.flat());
  const range = Math.max(...everything) - Math.min(...everything);
  const labels = apart(groups.map(({ mean }) => mean.at(-1)!), range / 13);
  const step = Math.ceil(layers / 12);
  return draw({
    width: 400,
    height: 270,
    marginLeft: 52,
    marginRight: 84,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: {
      domain: [1, Math.max(layers, 2)],
      ticks: Array.from({ length: layers }, (_, layer) => layer + 1).filter((layer) =>
        (layer - 1) % step === 0
      ),
      tickFormat: "d",
      label: "layer",
      labelAnchor: "center",
      labelArrow: "none",
      inset: 6,
    },
    y: { grid: true, label: panel.axis, labelArrow: "none", nice: true, ticks: 6 },
    marks: groups.flatMap(({ name, curves, mean, colour, dash }, index) => [
      ...curves.map((curve) =>
        Plot.line(points(curve), {
          x: "layer",
          y: "value",
          stroke: colour,
          strokeOpacity: 0.4,
          strokeDasharray: dash,
        })
      ),
      Plot.line(points(mean), {
        x: "layer",
        y: "value",
        stroke: colour,
        strokeWidth: 2.5,
        strokeDasharray: dash,
      }),
      Plot.dot(points(mean), { x: "layer", y: "value", fill: colour, r: 3 }),
      Plot.text(points(mean).slice(-1), {
        x: "layer",
        y: [labels[index]!],
        text: [name],
        dx: 10,
        textAnchor: "start",
        fill: colour,
        fontWeight: 600,
      }),
    ]),
  });
}

function points(curve: readonly number[]): readonly { readonly layer: number; readonly value: number }[] {
  return curve.map((value, index) => ({ layer: index + 1, value }));
}

function sentence({ name, trained, untrained }: LayerPanel): string {
  const ends = (curves: readonly (readonly number[])[]) => {
    const mean = meanCurve(curves);
    return `${mean[0]!.toPrecision(3)} to ${mean.at(-1)!.toPrecision(3)}`;
  };
  return `${name}: from the first layer to the last ${ends(trained)} after training, ${
    ends(untrained)
  } before.`;
}
