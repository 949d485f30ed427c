/**
 * The figure of clients' losses: who pays for whom.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { colourOfMethod } from "./federated_methods.ts";
import { beside, type Drawing, figure, headed, type Pen } from "./figure.ts";

/** Losses of the same clients under a robust and an averaging method. */
export interface ClientLosses {
  /** The losses' kind: the panel's heading. */
  readonly name: string;
  /** Of each method, the loss of each client. */
  readonly losses: Readonly<Record<"Scaff-PD" | "FedAvg", readonly number[]>>;
}

/** Draws every client's loss under Scaff-PD and under FedAvg, a client a row. */
export function clientLossesFigure(pen: Pen, panels: readonly ClientLosses[]): Figure {
  return figure(
    "Who gains from a robust model, and who pays?",
    `${panels.map(sentence).join(" ")} One federation; other seeds are other federations.`,
    beside(...panels.map((panel) => headed(panel.name, draw(pen, panel)))),
  );
}

function draw({ Plot, draw }: Pen, { losses }: ClientLosses): Drawing {
  const methods = ["FedAvg", "Scaff-PD"] as const;
  const rows = losses.FedAvg.map((average, client) => ({
    client: String(client + 1),
    average,
    robust: losses["Scaff-PD"][client]!,
  }));
  const dots = methods.flatMap((method) =>
    losses[method].map((loss, client) => ({ method, client: String(client + 1), loss }))
  );
  return draw({
    width: 370,
    height: 70 + 34 * rows.length,
    marginLeft: 40,
    marginRight: 20,
    marginTop: 30,
    marginBottom: 38,
    style: { fontSize: "12px" },
    x: {
      label: "loss",
      labelAnchor: "center",
      labelArrow: "none",
      ticks: 5,
      grid: true,
      nice: true,
    },
    y: { type: "band", label: "client", labelArrow: "none", padding: 0.4 },
    marks: [
      Plot.ruleY(rows, {
        y: "client",
        x1: "average",
        x2: "robust",
        stroke: "currentColor",
        strokeOpacity: 0.4,
        strokeWidth: 1.5,
      }),
      Plot.dot(dots, { y: "client", x: "loss", fill: ({ method }) => colourOfMethod(method), r: 4.5 }),
      ...methods.map((method) =>
        Plot.ruleX([Math.max(...losses[method])], {
          stroke: colourOfMethod(method),
          strokeDasharray: "4 3",
        })
      ),
      ...methods.map((method) =>
        Plot.text([method], {
          x: [Math.max(...losses[method])],
          frameAnchor: "top",
          dy: method === "FedAvg" ? -24 : -12,
          textAnchor: "end",
          text: [`${method}'s worst`],
          fill: colourOfMethod(method),
          fontWeight: 600,
        })
      ),
    ],
  });
}

function sentence({ name, losses }: ClientLosses): string {
  const worst = (method: "Scaff-PD" | "FedAvg") => Math.max(...losses[method]);
  const mean = (method: "Scaff-PD" | "FedAvg") =>
    losses[method].reduce((sum, loss) => sum + loss, 0) / losses[method].length;
  const change = (of: (method: "Scaff-PD" | "FedAvg") => number) => {
    const percent = 100 * (of("Scaff-PD") / of("FedAvg") - 1);
    return `${percent < 0 ? "−" : "+"}${Math.abs(percent).toFixed(1)} %`;
  };
  return `${name}: with Scaff-PD the worst client's loss is ${change(worst)} against FedAvg's, the mean ${
    change(mean)
  }.`;
}
