/**
 * The figure of the losses of private training.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { smoothed } from "./curves.ts";
import { apart, beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** The losses of one training, one curve for each seed. */
export interface PrivateLosses {
  /** Its name: `ε = 8`. */
  readonly name: string;
  /** Its colour. */
  readonly colour: string;
  /** Whether it only imitates a private run. */
  readonly imitates: boolean;
  /** The loss at every step, in nats a token. */
  readonly losses: readonly (readonly number[])[];
}

/** Draws the losses of runs of different ε, and of a run beside the one that imitates its ratio of signal to noise. */
export function privateLossesFigure(
  pen: Pen,
  epsilons: readonly PrivateLosses[],
  imitation: readonly PrivateLosses[],
): Figure {
  const ends = (curves: readonly PrivateLosses[]) =>
    curves.map(({ name, losses }) => `${name} ends at ${smoothed(losses, 20).at(-1)!.loss.toFixed(2)}`).join(
      ", ",
    );
  return figure(
    "How much does the noise slow learning down?",
    `Left: ${ends(epsilons)}. Right: ${
      ends(imitation)
    }: equal ratios of signal to noise should make equal curves ` +
      "(TAN). Nats a token, means over seeds and over windows of a twentieth of the steps; dashed runs are not private.",
    beside(
      headed("Noise for ε", panel(pen, epsilons)),
      headed("The same ratio of signal to noise", panel(pen, imitation)),
    ),
  );
}

function panel({ Plot, draw }: Pen, curves: readonly PrivateLosses[]): Drawing {
  const lines = curves.map((curve) => ({ ...curve, points: smoothed(curve.losses, 20) }));
  const all = lines.flatMap(({ points }) => points.map(({ loss }) => loss));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const labels = apart(lines.map(({ points }) => points.at(-1)!.loss), (high - low) / 14);
  return draw({
    width: 370,
    height: 270,
    marginLeft: 44,
    marginRight: 126,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: { label: "step", labelAnchor: "center", labelArrow: "none", ticks: 4 },
    y: { domain: [low, high], nice: true, grid: true, label: "loss, nats a token", labelArrow: "none" },
    marks: lines.flatMap(({ name, colour, imitates, points }, place) => [
      Plot.line(points, {
        x: "step",
        y: "loss",
        stroke: colour,
        strokeWidth: 2,
        ...(imitates ? { strokeDasharray: "5 4" } : {}),
      }),
      Plot.text(points.slice(-1), {
        x: "step",
        y: [labels[place]!],
        text: () => name,
        fill: colour,
        dx: 8,
        textAnchor: "start",
        fontWeight: 600,
      }),
    ]),
  });
}
