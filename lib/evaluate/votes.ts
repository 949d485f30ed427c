/**
 * The voting law: majorities of independent votes against the binomial distribution.
 *
 * @module
 */
import type { Metrics } from "../kinds/metrics.ts";
import { mean } from "../stats/mean.ts";
import { majority } from "../stats/voting.ts";

/** The votes on one question. */
export interface Ballot {
  /** The exact probability that one vote is for the attacker's answer. */
  readonly probability: number;
  /** Whether each vote was. */
  readonly votes: readonly boolean[];
}

/**
 * Compares how often majorities were the attacker's with how often they must be.
 *
 * @param ballots The questions.
 * @param numbers How many votes decide: odd numbers, each at most as many as there are.
 * @returns For each number of votes, `laws`: the share of questions that was `empirical`ly lost, the `exact` one, and the
 * standard error of the first given the second. `largestDeviation` is the greatest difference in standard errors.
 * `below` and `above` are the exact shares among questions with a probability below and above one half; null where there
 * are none.
 */
export function judgeVotes(ballots: readonly Ballot[], numbers: readonly number[]): Metrics {
  const laws = numbers.map((votes) => {
    const exact = ballots.map(({ probability }) => majority(probability, votes));
    const won = ballots.map((ballot) =>
      Number(2 * ballot.votes.slice(0, votes).filter(Boolean).length > votes)
    );
    const variance = exact.reduce((sum, p) => sum + p * (1 - p), 0);
    const among = (chosen: (p: number) => boolean) => {
      const shares = exact.filter((_, row) => chosen(ballots[row]!.probability));
      return shares.length === 0 ? null : mean(shares);
    };
    return {
      votes,
      empirical: mean(won),
      exact: mean(exact),
      standardError: Math.sqrt(variance) / ballots.length,
      below: among((p) => p < 0.5),
      above: among((p) => p > 0.5),
    };
  });
  return {
    laws,
    count: ballots.length,
    undecided: ballots.filter(({ probability }) => probability > 0.05 && probability < 0.95).length,
    largestDeviation: Math.max(
      ...laws.map(({ empirical, exact, standardError }) =>
        standardError === 0 ? 0 : Math.abs(empirical - exact) / standardError
      ),
    ),
  };
}
