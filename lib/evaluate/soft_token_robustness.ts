/**
 * How far soft tokens come, with the compute that they were made for and with others.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { NO_TARGET, questionsOf } from "../attack/language/dataset.ts";
import { embedWithVectors } from "../attack/language/soft_tokens.ts";
import type { Running } from "../dag/running.ts";
import { DataError } from "../data/folder.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import { loopedLanguage, loopedOperations } from "../nn/looped_language.ts";
import { mean } from "../stats/mean.ts";
import { decode } from "./arithmetic_decoding.ts";
import { answersOf, type ComputeGrid, computesOf, factsOf, tokensWritten } from "./arithmetic_robustness.ts";

/**
 * Lets a model answer questions with and without soft tokens in their channels, with every compute of a grid.
 *
 * Only questions count that are answered rightly with the same compute without the attack.
 *
 * Needs TensorFlow to be loaded.
 *
 * @returns `success` at each of the `computes`, null where no question counts; and `curve`, the share of questions whose
 * likeliest answer was the target before each step of the attack, at the loops that it was made for, without thinking.
 */
export const measureSoftTokens = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  attacked: Dataset,
  grid: ComputeGrid,
): Effect.fn.Return<Metrics, unknown, Running> {
  const model = yield* Effect.try({
    try: () => loadNetwork(loopedLanguage, checkpoint),
    catch: (error) => error,
  });
  const { sums, prompts, targets } = yield* questionsOf(attacked);
  const { vectors, reached } = attacked.tensors;
  if (vectors === undefined || reached === undefined || targets === undefined) {
    return yield* new DataError({
      message: `${attacked.about.name} has no soft tokens: attack it with some.`,
    });
  }
  const options = { embed: embedWithVectors, extra: { vectors } };
  const tried = yield* Effect.forEach(computesOf(grid), (compute) =>
    Effect.gen(function* () {
      const without = answersOf((yield* decode(model, prompts, compute)).answers);
      const under = answersOf((yield* decode(model, prompts, compute, options)).answers);
      const rows = sums.flatMap(({ left, right }, row) =>
        without[row] === left + right && targets[row] !== NO_TARGET ? [row] : []
      );
      return { compute, rows, hits: rows.map((row) => Number(under[row] === targets[row])) };
    }));
  const own = tried.find(({ compute }) => compute.loops === attacked.about.loops && compute.passes === 0);
  const steps = reached.shape[0]!;
  const at = (step: number, row: number) => Number(reached.data[step * sums.length + row]);
  return {
    ...factsOf(attacked),
    loops: attacked.about.loops ?? null,
    computes: tried.map(({ compute }) => ({
      ...compute,
      operations: loopedOperations(model.config, tokensWritten(compute.passes), compute.loops),
    })),
    success: tried.map(({ hits }) => hits.length === 0 ? null : mean(hits)),
    counted: tried.map(({ hits }) => hits.length),
    curve: own === undefined || own.rows.length === 0
      ? []
      : Array.from({ length: steps }, (_, step) => mean(own.rows.map((row) => at(step, row)))),
  };
});
