/**
 * What votes make of prompt injection on a language model, whose probabilities of labels are known exactly.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { wrongLabel } from "../attack/language/injection.ts";
import type { DataError } from "../data/folder.ts";
import { uniform } from "../data/random.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { type Answers, answersOf } from "../language/icl/answers.ts";
import { mean } from "../stats/mean.ts";
import { judgeVotes } from "./votes.ts";

/**
 * Draws votes from the probabilities of a model's answers to attacked texts, and compares their majorities with the
 * binomial law. Only texts count whose label the model finds likeliest when they are not attacked.
 *
 * @param votes How many votes decide: odd numbers, rising.
 * @returns What `judgeVotes` returns, with the `accuracy` without the attack and under it.
 */
export const measureAnswerVotes = Effect.fnUntraced(function* (
  clean: Dataset,
  attacked: Dataset,
  { votes, seed }: { readonly votes: readonly number[]; readonly seed: number },
): Effect.fn.Return<Metrics, DataError> {
  const before = yield* answersOf(clean);
  const after = yield* answersOf(attacked);
  const rows = Array.from(before.answers.labels.keys()).filter((row) => isRight(before.answers, row));
  const most = votes.at(-1)!;
  const draws = uniform({ seed, stream: "votes" }, rows.length * most);
  const { classes, labels, probabilities } = after.answers;
  const ballots = rows.map((row, place) => {
    const probability = probabilities[row * classes + wrongLabel(labels[row]!, classes)]!;
    const own = draws.subarray(place * most, (place + 1) * most);
    return { probability, votes: Array.from(own, (draw) => draw < probability) };
  });
  const accuracy = ({ answers }: { readonly answers: Answers }) =>
    mean(Array.from(answers.labels.keys(), (row) => Number(isRight(answers, row))));
  return {
    ...judgeVotes(ballots, votes),
    accuracy: { clean: accuracy(before), attacked: accuracy(after) },
    model: after.about.model,
    data: after.about.name,
  };
});

function isRight({ classes, labels, probabilities }: Answers, row: number): boolean {
  const own = probabilities.subarray(row * classes, (row + 1) * classes);
  return own.indexOf(Math.max(...own)) === labels[row];
}
