/**
 * Search: an attacker who only sees how likely answers are, and tries content from a grammar, keeping what helps.
 *
 * It stands in for the paper's attacks by language model programs, which propose texts from the results of earlier ones.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../../dag/running.ts";
import { type Layout, tokensOfText, writePrompt, writeStatement } from "../../data/arithmetic.ts";
import { uniform } from "../../data/random.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import { loadNetwork } from "../../nn/checkpoint.ts";
import { Count } from "../../nn/config.ts";
import { loopedLanguage } from "../../nn/looped_language.ts";
import { type Tensor, tensor } from "../../tensor/array.ts";
import { attackQuestions, NO_TARGET, questionsOf, targetsOf } from "./dataset.ts";
import { Goal } from "./goals.ts";
import { type Draw, mutate, type Pieces } from "./grammar.ts";
import { withScorer } from "./scorer.ts";

/** An attack by search. */
export const Search = Schema.Struct({
  /** What it wants as the answer. */
  goal: Goal,
  /**
   * What it looks for: content that makes the answer likely, or content that makes the model think for long, with a claim
   * of the answer in front of it (nerd-sniping).
   */
  seeks: Schema.Literals(["answer", "thinking"]),
  /** How many contents it tries on each question. */
  queries: Count,
  /** The loops of the model that it asks; it answers without passes of thinking. */
  loops: Count,
  /** The seed of what it tries. */
  seed: Schema.Int,
});

/** An attack by search. */
export type Search = typeof Search.Type;

/** Draws that one change of content may take. */
const DRAWS = 8;

/**
 * Searches content for the channel of each question, one change at a time: a change stays when it does not make the aim
 * less likely.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns The questions with the best content that was found.
 */
export const attackBySearch = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  data: Dataset,
  { goal, seeks, queries, loops, seed }: Search,
): Effect.fn.Return<Dataset, unknown, Running> {
  const { report } = yield* Running;
  const model = yield* Effect.try({
    try: () => loadNetwork(loopedLanguage, checkpoint),
    catch: (error) => error,
  });
  const { sums, prompts } = yield* questionsOf(data);
  const layout = data.about.layout as unknown as Layout;
  const targets = targetsOf(sums, goal);
  const aims = targets.map((target, row) =>
    target === NO_TARGET ? sums[row]!.left + sums[row]!.right : target
  );
  const found = yield* withScorer(model, { like: prompts, loops }, (score) =>
    Effect.gen(function* () {
      const claims = sums.map((sum, row) => seeks === "answer" ? "" : writeStatement(sum, aims[row]!));
      const written = (contents: readonly Pieces[]) =>
        contents.map((pieces, row) => claims[row] + pieces.join(""));
      const worth = (contents: readonly Pieces[]) => {
        const rows = written(contents).map((content, row) => writePrompt(sums[row]!, content, layout));
        const scores = score(tokensOfRows(rows), aims);
        return seeks === "answer" ? scores.answer : scores.onward;
      };
      let best: readonly Pieces[] = sums.map(() => []);
      let scores = worth(best);
      for (let query = 0; query < queries; query++) {
        const draws = uniform({ seed, stream: "search", step: query }, sums.length * DRAWS);
        const tried = best.map((pieces, row) =>
          mutate(
            pieces,
            drawsFrom(draws, row * DRAWS),
            sums[row]!,
            aims[row]!,
            layout.slot - claims[row]!.length,
          )
        );
        const next = worth(tried);
        const better = next.map((one, row) => Number(one >= scores[row]!));
        best = best.map((pieces, row) => better[row] ? tried[row]! : pieces);
        scores = scores.map((one, row) => better[row] ? next[row]! : one);
        report({ step: query + 1, total: queries, unit: "queries" });
        yield* Effect.yieldNow; // lets an interruption through
      }
      return written(best);
    }));
  const attack = seeks === "answer" ? "search" : "nerd-sniping";
  return yield* attackQuestions(
    data,
    { attack, goal, strength: queries },
    (_sum, _target, row) => found[row]!,
  );
});

function drawsFrom(draws: Float64Array, start: number): Draw {
  let place = start;
  return () => draws[place++ % draws.length]!;
}

/** The tokens of texts of one length: int32 [n, p]. */
export function tokensOfRows(rows: readonly string[]): Tensor {
  return tensor("int32", [rows.length, rows[0]!.length], Int32Array.from(rows.flatMap(tokensOfText)));
}
