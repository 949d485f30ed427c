/**
 * The loss of language models.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadNetwork } from "../nn/checkpoint.ts";
import type { Network } from "../nn/network.ts";
import { tf } from "../tensor/native.ts";
import { type TextConfig, tokensOf, windowsOf } from "../nn/text.ts";
import { computeInBatches } from "./batches.ts";

/** Windows read at a time. */
const BATCH = 32;

/**
 * Measures the loss of a language model on windows that lie side by side in a text.
 *
 * Needs TensorFlow to be loaded. Fails when the text does not fit the network, or the checkpoint is another's.
 *
 * @param windows How many windows, at most.
 * @returns `loss` in nats a token, and how many `tokens` were told.
 */
export const measureLanguageLoss = Effect.fnUntraced(function* <Config extends TextConfig>(
  network: Network<Config>,
  checkpoint: Checkpoint,
  text: Dataset,
  windows: number,
): Effect.fn.Return<Metrics, unknown, Running> {
  const { config, parameters } = yield* Effect.try({
    try: () => loadNetwork(network, checkpoint),
    catch: (error) => error,
  });
  const tokens = yield* tokensOf(text, config);
  const { context, vocabulary } = config;
  const count = Math.min(windows, Math.floor((tokens.length - 1) / context));
  const starts = Array.from({ length: count }, (_, window) => window * context);
  const { losses } = yield* computeInBatches({
    parameters,
    examples: { windows: windowsOf(tokens, starts, context) },
    size: BATCH,
    compute: (parameters, { windows }) => {
      const logits = network.forward(parameters, tf.slice(windows!, [0, 0], [-1, context]), config);
      const told = tf.oneHot(tf.slice(windows!, [0, 1], [-1, context]), vocabulary, 1, 0, "float32");
      return { losses: tf.neg(tf.sum(tf.mul(told, tf.logSoftmax(logits)), [1, 2])) };
    },
  });
  const total = (losses!.data as Float32Array).reduce((sum, loss) => sum + loss, 0);
  return { loss: total / (count * context), tokens: count * context, data: text.about.name };
});
