/**
 * The accuracy of classifiers of sequences.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { sequencesFor } from "../data/sequences.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import type { SequenceNetwork } from "../nn/sequence.ts";
import { tf } from "../tensor/native.ts";
import { computeInBatches } from "./batches.ts";

/** Sequences classified at a time. */
const BATCH = 100;

/**
 * Measures the share of sequences that a classifier gives its highest score to their label.
 *
 * Needs TensorFlow to be loaded. Fails when the sequences do not fit the network, or the checkpoint is another's.
 *
 * @returns `accuracy` from 0 to 1, `commonest`, the share of the commonest label, `beyond`, what the accuracy has beyond
 * it, `count`, and `data`.
 */
export const measureSequenceAccuracy = Effect.fnUntraced(function* (
  network: SequenceNetwork,
  checkpoint: Checkpoint,
  data: Dataset,
): Effect.fn.Return<Metrics, unknown, Running> {
  const { config, parameters } = yield* Effect.try({
    try: () => loadNetwork(network, checkpoint),
    catch: (error) => error,
  });
  const { tokens, labels } = yield* sequencesFor(config, data);
  const { guesses } = yield* computeInBatches({
    parameters,
    examples: { tokens },
    size: BATCH,
    compute: (parameters, { tokens }) => ({
      guesses: tf.argMax(network.forward(parameters, tokens!, config), 1),
    }),
  });
  const told = Array.from(labels.data, Number);
  const count = told.length;
  const accuracy = told.filter((label, at) => label === guesses!.data[at]).length / count;
  const commonest = Math.max(...[
    ...Map.groupBy(told, (label) => label).values(),
  ].map((those) => those.length)) /
    count;
  return { accuracy, commonest, beyond: accuracy - commonest, count, data: data.about.name };
});
