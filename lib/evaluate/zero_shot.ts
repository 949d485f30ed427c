/**
 * Classification by a captioner that was never taught classes: by which label it would say.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import { BEGIN, captionedOf, END } from "../data/captions.ts";
import { labelsOf } from "../data/labelled.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { type CaptionerConfig, decode, memoryOf, tokenLosses } from "../nn/captioner.ts";
import { pixelsOf } from "../nn/classifier.ts";
import { plainLayers } from "../nn/layers.ts";
import { type Tensor, tensor } from "../tensor/array.ts";
import { tf } from "../tensor/native.ts";
import type { Arrays } from "../tensor/tensors.ts";
import { computeInBatches } from "./batches.ts";
import { loaded } from "./captions.ts";
import { likeliest, type Trie, trieOf } from "./label_trie.ts";

/** Images whose labels are all scored at a time. */
const BATCH = 10;

/**
 * Classifies images in two ways: by the label whose words, after a prompt, have the lowest loss, one forward pass for each
 * label; and by walking the labels' trie, the likeliest word at a time, one forward pass for each word.
 *
 * Needs TensorFlow to be loaded.
 *
 * @param prompt The words before the label: `a large`.
 * @param count How many images, at most: the first ones.
 * @returns `likelihood` and `trie`, accuracies; `chance`.
 */
export const classifyByCaption = Effect.fnUntraced(function* (
  model: Checkpoint,
  data: Dataset,
  { prompt, count }: { readonly prompt: string; readonly count: number },
): Effect.fn.Return<Metrics, unknown, Running> {
  const { config, parameters } = yield* loaded(model);
  const { images, vocabulary } = yield* captionedOf(data);
  const labels = yield* labelsOf(data);
  const numbers = new Map(vocabulary.map((word, index) => [word, index]));
  const tokensOf = (words: string) => words.split(" ").map((word) => numbers.get(word) ?? END);
  const beginning = [BEGIN, ...tokensOf(prompt)];
  const names = labels.classes.map(tokensOf);
  const rows = Math.min(count, images.shape[0]!);
  const examples = { images: pixelsOf(images, Array.from({ length: rows }, (_, index) => index)) };
  const options = padded(names.map((name) => [...beginning, ...name]));

  const { losses } = yield* computeInBatches({
    parameters,
    examples,
    size: BATCH,
    compute: (parameters, { images }) => ({ losses: lossesOfOptions(parameters, images!, options, config) }),
  });
  const right = { likelihood: 0, trie: 0 };
  const classes = names.length;
  for (let row = 0; row < rows; row++) {
    const own = losses!.data.subarray(row * classes, (row + 1) * classes) as Float32Array;
    if (own.indexOf(Math.min(...own)) === labels.data[row]) right.likelihood += 1;
  }
  const walked = yield* walk(parameters, examples, config, trieOf(names), beginning);
  walked.forEach((label, row) => {
    if (label === labels.data[row]) right.trie += 1;
  });
  return {
    likelihood: right.likelihood / rows,
    trie: right.trie / rows,
    chance: 1 / classes,
    count: rows,
    prompt,
    data: data.about.name,
  };
});

/** The loss of every option for every image, [B, options]. */
function lossesOfOptions(
  parameters: Parameters<typeof plainLayers>[0],
  images: Parameters<typeof memoryOf>[1],
  options: Tensor,
  config: CaptionerConfig,
) {
  const layers = plainLayers(parameters);
  const memory = memoryOf(layers, images, config);
  const [batch, tokens, width] = memory.shape as [number, number, number];
  const [count, length] = options.shape as [number, number];
  const each = tf.tile(memory.reshape([batch, 1, tokens, width]), [1, count, 1, 1]);
  const said = tf.tile(tf.tensor2d(options.data as Int32Array, [count, length], "int32"), [batch, 1]);
  const losses = tokenLosses(layers, each.reshape([batch * count, tokens, width]), said, config);
  return losses.reshape([batch, count]);
}

/** The label that each image's walk through the trie ends at. */
const walk = Effect.fnUntraced(function* (
  parameters: Arrays,
  examples: { readonly images: Tensor },
  config: CaptionerConfig,
  trie: Trie,
  beginning: readonly number[],
): Effect.fn.Return<readonly (number | undefined)[], unknown, Running> {
  const rows = examples.images.shape[0]!;
  const said = Array.from({ length: rows }, () => [...beginning]);
  const places: Trie[] = new Array(rows).fill(trie);
  const found: (number | undefined)[] = new Array(rows).fill(undefined);
  const walking = new Set(found.keys());
  for (let length = beginning.length; walking.size > 0 && length <= config.length; length++) {
    const { scores } = yield* computeInBatches({
      parameters,
      examples: { ...examples, said: padded(said, length) },
      size: 100,
      compute: (parameters, { images, said }) => {
        const layers = plainLayers(parameters);
        const logits = decode(layers, memoryOf(layers, images!, config), said!, config);
        return { scores: tf.squeeze(tf.slice(logits, [0, length - 1, 0], [-1, 1, -1]), [1]) };
      },
    });
    for (const row of walking) {
      const score = (token: number) => scores!.data[row * config.vocabulary + token] as number;
      const token = likeliest(places[row]!, score, END);
      const next = token === END ? undefined : places[row]!.next.get(token)!;
      if (next !== undefined) places[row] = next;
      if (next === undefined || next.next.size === 0) {
        found[row] = places[row]!.label;
        walking.delete(row);
      }
      said[row]!.push(token);
    }
  }
  return found;
});

/** Rows of tokens, filled up with 0 or cut to a length. */
function padded(
  rows: readonly (readonly number[])[],
  length: number = Math.max(...rows.map((row) => row.length)),
): Tensor {
  const data = new Int32Array(rows.length * length);
  rows.forEach((row, index) => data.set(row.slice(0, length), index * length));
  return tensor("int32", [rows.length, length], data);
}
