/**
 * The figure of votes.
 *
 * @module
 */
import type { Figure } from "../kinds/figure.ts";
import { apart, colours, figure, type Pen } from "./figure.ts";

/** What votes made of attacks on one model. */
export interface VotingCurve {
  /** The model. */
  readonly name: string;
  /** By the number of votes. */
  readonly laws: readonly {
    readonly votes: number;
    readonly empirical: number;
    readonly exact: number;
    readonly standardError: number;
    readonly below: number | null;
    readonly above: number | null;
  }[];
}

/** Draws the share of lost votes by their number: counted, and by the binomial law, all together and on both sides of one half. */
export function votesFigure({ Plot, draw }: Pen, { name, laws }: VotingCurve): Figure {
  const lines = (["exact", "below", "above"] as const).map((part) =>
    laws.flatMap((law) => law[part] === null ? [] : [{ votes: law.votes, share: 100 * law[part] }])
  );
  const bars = laws.map(({ votes, empirical, standardError }) => ({
    votes,
    share: 100 * empirical,
    low: 100 * (empirical - 2 * standardError),
    high: 100 * (empirical + 2 * standardError),
  }));
  const [first, last] = [laws[0]!, laws.at(-1)!];
  const per = (share: number) => `${(100 * share).toFixed(0)} %`;
  const labelled = [
    { line: lines[0]!, text: "all questions" },
    { line: lines[1]!, text: "likelier right" },
    { line: lines[2]!, text: "likelier wrong" },
  ].filter(({ line }) => line.length > 0);
  const places = apart(labelled.map(({ line }) => line.at(-1)!.share), 8);
  return figure(
    "Does a vote defend?",
    `Attacked questions of ${name} on which most votes are the attacker's, by the number of votes: dots are counted, ` +
      `with two standard errors; lines are the binomial law from the exact probability of one vote. It goes from ` +
      `${per(first.exact)} to ${
        per(last.exact)
      } over all questions: votes only help where the attacker has less than ` +
      "half of them.",
    draw({
      width: 640,
      height: 280,
      marginLeft: 50,
      marginRight: 120,
      marginBottom: 38,
      style: { fontSize: "12px" },
      x: {
        label: "votes",
        labelAnchor: "center",
        labelArrow: "none",
        ticks: laws.map(({ votes }) => votes),
        inset: 8,
      },
      y: { grid: true, domain: [0, 100], label: "lost to the attacker, %", labelArrow: "none", inset: 6 },
      marks: [
        ...labelled.map(({ line, text }, index) => [
          Plot.line(line, {
            x: "votes",
            y: "share",
            stroke: text === "all questions" ? colours.tost : "currentColor",
            strokeWidth: text === "all questions" ? 2 : 1,
            ...(text === "all questions" ? {} : { strokeDasharray: "4 3" }),
          }),
          Plot.text([line.at(-1)!], {
            x: "votes",
            y: () => places[index]!,
            dx: 12,
            textAnchor: "start" as const,
            fill: text === "all questions" ? colours.tost : "currentColor",
            text: () => text,
          }),
        ]).flat(),
        Plot.ruleX(bars, { x: "votes", y1: "low", y2: "high", stroke: colours.softmax }),
        Plot.dot(bars, { x: "votes", y: "share", fill: colours.softmax, r: 3.5 }),
      ],
    }),
  );
}
