/**
 * What votes make of an attack: many answers to one question, drawn from the model, and the one that most of them give.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { NO_TARGET, questionsOf } from "../attack/language/dataset.ts";
import type { Running } from "../dag/running.ts";
import { ANSWER } from "../data/arithmetic.ts";
import { DataError } from "../data/folder.ts";
import { uniform } from "../data/random.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import { Count } from "../nn/config.ts";
import { loopedLanguage } from "../nn/looped_language.ts";
import { tensor } from "../tensor/array.ts";
import { cyclicRows } from "./batches.ts";
import { type Compute, decode } from "./arithmetic_decoding.ts";
import { answersOf } from "./arithmetic_robustness.ts";
import { answerProbabilities } from "./arithmetic_scoring.ts";
import { type Ballot, judgeVotes } from "./votes.ts";

/** How votes are taken. */
export const Votes = Schema.Struct({
  /** How many votes decide: odd numbers, rising. */
  votes: Schema.Array(Count).check(Schema.isMinLength(1)),
  /** Loops of the model; it answers without passes of thinking. */
  loops: Count,
  /** The seed of the draws. */
  seed: Schema.Int,
});

/** How votes are taken. */
export type Votes = typeof Votes.Type;

/**
 * Lets a model vote on attacked questions: each vote is an answer drawn from its distribution, and an attack succeeds when
 * more than half of the votes are for the attacker's answer. Beside it stands what must come out, by the exact probability
 * of that answer in one vote.
 *
 * Needs TensorFlow to be loaded.
 */
export const measureVotes = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  attacked: Dataset,
  { votes, loops, seed }: Votes,
): Effect.fn.Return<Metrics, unknown, Running> {
  const model = yield* Effect.try({
    try: () => loadNetwork(loopedLanguage, checkpoint),
    catch: (error) => error,
  });
  const { prompts, targets } = yield* questionsOf(attacked);
  if (targets === undefined) {
    return yield* new DataError({
      message: `${attacked.about.name} holds no attack to vote on: attack it first.`,
    });
  }
  const count = prompts.shape[0]!;
  const most = votes.at(-1)!;
  const compute: Compute = { loops, passes: 0 };
  const aims = targets.map((target) => Math.max(target, 0));
  const exact = yield* answerProbabilities(model, prompts, aims, loops);
  const rows = count * most;
  const draws = Float32Array.from(uniform({ seed, stream: "votes" }, rows * (ANSWER - 1)));
  // One vote on every question, then the next: row r is question r mod n.
  const { answers } = yield* decode(model, cyclicRows(prompts, 0, rows), compute, {
    draws: tensor("float32", [rows, ANSWER - 1], draws),
  });
  const given = answersOf(answers);
  const ballots: Ballot[] = Array.from(targets.entries()).flatMap(([row, target]) =>
    target === NO_TARGET ? [] : [{
      probability: exact[row]!,
      votes: Array.from({ length: most }, (_, vote) => given[vote * count + row] === target),
    }]
  );
  return judgeVotes(ballots, votes);
});
