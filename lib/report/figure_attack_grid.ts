/**
 * The grid of attacks and computes.
 *
 * @module
 */
import { cellsOf, type Robustness } from "../evaluate/attack_success.ts";
import type { Figure } from "../kinds/figure.ts";
import { mean } from "../stats/mean.ts";
import { type Drawing, figure, headed, type Pen, stacked } from "./figure.ts";
import { viridis } from "./viridis.ts";

/** Names of the goals, for readers. */
const goalNames: Readonly<Record<string, string>> = {
  "42": "the attacker wants 42",
  "plus-one": "the attacker wants one too many",
  "times-seven": "the attacker wants seven times as much",
};

interface Square {
  readonly compute: string;
  readonly strength: number;
  readonly success: number;
}

/**
 * Draws the success of an attack by the compute of the model and the attacker's resource, the mean over seeds, a panel for
 * each goal.
 *
 * @param seeds What was measured for each seed, on the same computes.
 * @param attack The attack's name.
 * @param resource What its strength counts: `copies of the claim`.
 */
export function attackGridFigure(
  { Plot, draw }: Pen,
  seeds: readonly Robustness[],
  attack: string,
  resource: string,
): Figure {
  const { computes } = seeds[0]!;
  const rising = computes.toSorted((a, b) => a.operations - b.operations);
  const label = (operations: number) => {
    const { loops, passes } = computes.find((one) => one.operations === operations)!;
    return `${(operations / 1e6).toPrecision(2)}\n${loops}, ${passes}`;
  };
  const domain = rising.map(({ operations }) => label(operations));
  const goals = [...new Set(cellsOf(seeds[0]!, attack).map(({ goal }) => goal))];
  const squaresOf = (goal: string): readonly Square[] => {
    const all = seeds.flatMap((seed) =>
      cellsOf(seed, attack).filter((one) => one.goal === goal).flatMap(({ strength, cells }) =>
        cells.map(({ operations, success }) => ({ compute: label(operations), strength, success }))
      )
    );
    return [...Map.groupBy(all, ({ compute, strength }) => `${compute} ${strength}`).values()]
      .map((same) => ({ ...same[0]!, success: mean(same.map(({ success }) => success)) }));
  };
  const panels = goals.map((goal) => ({ goal, squares: squaresOf(goal) }));
  const colour = ({ success }: Square) => `rgb(${viridis(success).join(",")})`;
  const drawn = panels.map(({ goal, squares }): Drawing =>
    headed(
      goalNames[goal] ?? goal,
      draw({
        width: 640,
        height: 96 + 34 * new Set(squares.map(({ strength }) => strength)).size,
        marginLeft: 60,
        marginRight: 20,
        marginBottom: 56,
        style: { fontSize: "12px" },
        x: {
          type: "band",
          domain,
          padding: 0.04,
          label: "compute a question, MFLOP; below: loops, passes of thinking",
          labelAnchor: "center",
          labelArrow: "none",
          labelOffset: 52,
        },
        y: {
          type: "band",
          reverse: true,
          padding: 0.06,
          label: resource,
          labelArrow: "none",
          tickFormat: String,
        },
        marks: [
          Plot.cell(squares, { x: "compute", y: "strength", fill: colour }),
          Plot.text(squares, {
            x: "compute",
            y: "strength",
            text: ({ success }: Square) => String(Math.round(100 * success)),
            fill: ({ success }: Square) => success > 0.6 ? "black" : "white",
          }),
        ],
      }),
    )
  );
  const everything = panels.flatMap(({ squares }) => squares);
  return figure(
    "Does more thinking defend against more attack?",
    `Per cent of the questions on which ${attack} succeeds, of those that the model answers rightly with the same ` +
      `compute when it is left alone; mean over ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}. ` +
      `${atEnds(everything, domain)} The paper's grid would darken to the right.`,
    stacked(...drawn),
  );
}

function atEnds(squares: readonly Square[], domain: readonly string[]): string {
  const present = domain.filter((compute) => squares.some((square) => square.compute === compute));
  if (present.length === 0) return "No cell has enough questions to count.";
  const at = (compute: string) =>
    Math.round(100 * mean(squares.filter((one) => one.compute === compute).map(({ success }) => success)));
  return `With the least compute it is ${at(present[0]!)} % on average, with the most ${
    at(present.at(-1)!)
  } %.`;
}
