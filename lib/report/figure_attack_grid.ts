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
  readonly row: string;
  readonly success: number;
}

/** What a grid is of. */
export interface AttackGrid {
  /** The question that it answers. */
  readonly title: string;
  /** The sentence that says what to expect. */
  readonly expected: string;
  /** The names of the attacks that are drawn. */
  readonly attacks: readonly string[];
  /** What tells rows apart: the strength of one attack, or which attack it is. */
  readonly by: "strength" | "attack";
  /** What the rows' labels say: `copies of the claim`. */
  readonly label: string;
}

/**
 * Draws the success of attacks by the compute of the model and the attacker's resource, the mean over seeds, a panel for
 * each goal.
 *
 * @param seeds What was measured for each seed, on the same computes.
 * @param grid What is drawn of it.
 */
export function attackGridFigure(
  { Plot, draw }: Pen,
  seeds: readonly Robustness[],
  { title, expected, attacks, by, label: rowsLabel }: AttackGrid,
): Figure {
  const { computes } = seeds[0]!;
  const rising = computes.toSorted((a, b) => a.operations - b.operations);
  const label = (operations: number) => {
    const { loops, passes } = computes.find((one) => one.operations === operations)!;
    return `${(operations / 1e6).toPrecision(2)}\n${loops}, ${passes}`;
  };
  const domain = rising.map(({ operations }) => label(operations));
  const drawnOf = (seed: Robustness) => attacks.flatMap((attack) => cellsOf(seed, attack));
  const goals = [...new Set(drawnOf(seeds[0]!).map(({ goal }) => goal))];
  const rows = [...new Set(drawnOf(seeds[0]!).map((one) => String(one[by])))];
  const squaresOf = (goal: string): readonly Square[] => {
    const all = seeds.flatMap((seed) =>
      drawnOf(seed).filter((one) => one.goal === goal).flatMap((one) =>
        one.cells.map(({ operations, success }) => ({
          compute: label(operations),
          row: String(one[by]),
          success,
        }))
      )
    );
    return [...Map.groupBy(all, ({ compute, row }) => `${compute} ${row}`).values()]
      .map((same) => ({ ...same[0]!, success: mean(same.map(({ success }) => success)) }));
  };
  const panels = goals.map((goal) => ({ goal, squares: squaresOf(goal) }));
  const colour = ({ success }: Square) => `rgb(${viridis(success).join(",")})`;
  const drawn = panels.map(({ goal, squares }): Drawing =>
    headed(
      goalNames[goal] ?? goal,
      draw({
        width: 640,
        height: 96 + 34 * rows.length,
        marginLeft: by === "attack" ? 120 : 60,
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
        y: { type: "band", domain: rows.toReversed(), padding: 0.06, label: rowsLabel, labelArrow: "none" },
        marks: [
          Plot.cell(squares, { x: "compute", y: "row", fill: colour }),
          Plot.text(squares, {
            x: "compute",
            y: "row",
            text: ({ success }: Square) => String(Math.round(100 * success)),
            fill: ({ success }: Square) => success > 0.6 ? "black" : "white",
          }),
        ],
      }),
    )
  );
  const everything = panels.flatMap(({ squares }) => squares);
  return figure(
    title,
    `Per cent of the questions on which the attack succeeds (${
      attacks.join(", ")
    }), of those that the model answers ` +
      "rightly with the same " +
      `compute when it is left alone; mean over ${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}. ` +
      `${atEnds(everything, domain)} ${expected}`,
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
