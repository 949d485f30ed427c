/**
 * The figure of soft tokens against a real language model.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colours, figure, type Pen } from "./figure.ts";

/** What came of soft tokens behind texts. */
export interface LlamaAttack {
  /** The model. */
  readonly model: string;
  /** For each text, the probability of the attacker's label before each step and after the last. */
  readonly texts: readonly { readonly text: string; readonly curve: readonly number[] }[];
}

/** Draws the probability of the attacker's label by the steps of the attack, a line for each text. */
export function llamaSoftTokensFigure({ Plot, draw }: Pen, { model, texts }: LlamaAttack): Figure {
  const lines = texts.map(({ curve }) => curve.map((p, step) => ({ step, share: 100 * p })));
  const reached = texts.map(({ curve }) => curve.findIndex((p) => p > 0.5));
  const said = reached.map((step) => step < 0 ? "never" : `at step ${step}`).join(", ");
  return figure(
    "Do vectors behind a text turn a real model?",
    `Probability that ${model} gives the attacker's label instead of the right one, while vectors behind the text follow ` +
      `the gradient through the whole model; a line for each of ${texts.length} texts. It passes one half ${said}.`,
    draw({
      width: 640,
      height: 260,
      marginLeft: 50,
      marginRight: 20,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: { label: "steps", labelAnchor: "center", labelArrow: "none" },
      y: { grid: true, domain: [0, 100], label: "the attacker's label, %", labelArrow: "none", inset: 6 },
      marks: [
        Plot.ruleY([50], { strokeOpacity: 0.5, strokeDasharray: "4 3" }),
        ...lines.map((line) =>
          Plot.line(line, { x: "step", y: "share", stroke: colours.softmax, strokeWidth: 1.5 })
        ),
      ],
    }),
  );
}
