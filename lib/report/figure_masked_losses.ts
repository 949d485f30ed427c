/**
 * The figure of how well masked autoencoders complete images, by how much of them is hidden.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { meanCurve } from "./curves.ts";
import { apart, figure, type Pen } from "./figure.ts";

/** The losses of one network by ratio, one curve for each seed. */
export interface MaskedLosses {
  /** The network. */
  readonly name: string;
  /** The colour of its marks. */
  readonly colour: string;
  /** Curves over the ratios. */
  readonly losses: readonly (readonly number[])[];
}

/**
 * Draws losses against the share of patches that is hidden: dots for seeds, lines for their means.
 *
 * @param about The data and the ratio of the training.
 * @param ratios Shares of patches that are hidden.
 * @param networks What is compared.
 * @param guess The loss of the training images' mean, which looks at nothing.
 */
export function maskedLossesFigure(
  { Plot, draw }: Pen,
  { data, trainedAt }: { readonly data: string; readonly trainedAt: number },
  ratios: readonly number[],
  networks: readonly MaskedLosses[],
  guess: readonly number[],
): Figure {
  const percent = ratios.map((ratio) => 100 * ratio);
  const at = (curve: readonly number[]) => curve.map((loss, index) => ({ hidden: percent[index]!, loss }));
  const lines = [
    ...networks.map(({ name, colour, losses }) => ({ name, colour, dash: "none", mean: meanCurve(losses) })),
    { name: "the mean image", colour: "currentColor", dash: "5 4", mean: guess },
  ];
  const highest = Math.max(
    ...lines.flatMap(({ mean }) => mean),
    ...networks.flatMap(({ losses }) => losses.flat()),
  );
  const labels = apart(lines.map(({ mean }) => mean.at(-1)!), highest / 15);
  const longest = Math.max(...lines.map(({ name }) => name.length));
  const trained = ratios.indexOf(trainedAt);
  const sentence = trained < 0
    ? ""
    : `With ${100 * trainedAt} % hidden, as in training, the mean square error is ${
      lines.map(({ name, mean }) => `${mean[trained]!.toPrecision(3)} for ${name}`).join(", ")
    }. `;
  return figure(
    "How does the error grow with what is hidden?",
    `${sentence}Of hidden patches of ${data}, in units of the training images' variance; the mean image is that ` +
      "of the training images, which looks at nothing. Dots are seeds, lines their means.",
    draw({
      width: 460 + 8 * longest,
      height: 310,
      marginLeft: 50,
      marginRight: 24 + 8 * longest,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        domain: [Math.min(...percent), Math.max(...percent)],
        ticks: percent,
        label: "hidden patches, %",
        labelAnchor: "center",
        labelArrow: "none",
        inset: 8,
      },
      y: { grid: true, label: "mean square error", labelArrow: "none", zero: true, nice: true },
      marks: [
        ...lines.map(({ colour, dash, mean }) =>
          Plot.line(at(mean), {
            ...{ x: "hidden", y: "loss", stroke: colour, strokeWidth: 2, strokeDasharray: dash },
          })
        ),
        ...networks.flatMap(({ colour, losses }) =>
          losses.map((curve) => Plot.dot(at(curve), { x: "hidden", y: "loss", stroke: colour, r: 2.5 }))
        ),
        ...lines.map(({ name, colour, mean }, index) =>
          Plot.text(at(mean).slice(-1), {
            x: "hidden",
            y: [labels[index]!],
            text: [name],
            dx: 12,
            textAnchor: "start",
            fill: colour,
            fontWeight: 600,
          })
        ),
      ],
    }),
  );
}
