/**
 * What the class token attends to, head by head: maps over images, out of any network with a class token.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../../dag/running.ts";
import type { Checkpoint } from "../../kinds/checkpoint.ts";
import type { Dataset } from "../../kinds/dataset.ts";
import {
  type ImageConfig,
  type ImageNetwork,
  loadClassifier,
  logitsOf,
  pixelsOf,
} from "../../nn/classifier.ts";
import { tf } from "../../tensor/native.ts";
import { elementCount, type Tensor, tensor } from "../../tensor/array.ts";
import type { Tensors } from "../../tensor/tensors.ts";
import { computeInBatches } from "../batches.ts";
import { EvaluationError, examplesFor } from "../examples.ts";

/** Images looked at at a time. */
const BATCH = 50;

/** A network of several layers. */
type Deep = ImageConfig & { readonly depth: number; readonly heads: number };

/**
 * What the class token's query says to every token's key, in every layer, and the keys of one layer (arXiv 2308.16271,
 * appendix B). In a network with MSSA, query and key are one: U_kᵀ LN(z).
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @param network Its probe shows `projections` and `queries` [B, h, 1 + n, p], the class token first.
 * @param count How many images, at most.
 * @returns The `images` and `labels`; `scores` float32 [images, layers, h, 1 + n], products that are neither scaled nor
 * exponentiated; `features` float32 [images, n, h · p], the keys of patches in the last layer but one.
 */
export const mapAttention = Effect.fnUntraced(function* <Config extends Deep>(
  network: ImageNetwork<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
  count: number,
): Effect.fn.Return<Dataset, unknown, Running> {
  const saved = yield* Effect.try({
    try: () => loadClassifier(network, checkpoint),
    catch: (error) => error,
  });
  const { depth } = saved.config;
  if (depth < 2) {
    return yield* new EvaluationError({
      message: `${network.name} of ${depth} layer has no last layer but one: train one of at least 2.`,
    });
  }
  const { images, labels } = yield* examplesFor(saved.config, data, count);
  const taken = images.shape[0]!;
  const found = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { images: pixelsOf(images, Array.from({ length: taken }, (_, index) => index)) },
    size: BATCH,
    compute: (parameters, { images }) => {
      const seen: Record<string, Tensors[string]> = {};
      logitsOf(network, saved, parameters, images!, {
        probe: (layer, { projections, queries }) => {
          const [batch, heads, tokens, p] = projections!.shape as [number, number, number, number];
          const ofClass = tf.slice(queries!, [0, 0, 0, 0], [batch, heads, 1, p]);
          seen[`scores.${layer}`] = tf.squeeze(tf.matMul(ofClass, projections!, false, true), [2]);
          if (layer !== depth - 2) return;
          const keys = tf.slice(projections!, [0, 0, 1, 0], [batch, heads, tokens - 1, p]);
          const rows = tf.transpose(keys, [0, 2, 1, 3]);
          seen.features = tf.reshape(rows, [batch, tokens - 1, heads * p]);
        },
      });
      return seen;
    },
  });
  const { features, ...scores } = found;
  return {
    about: { ...data.about, network: network.name },
    tensors: {
      images,
      labels,
      scores: stacked(Array.from({ length: depth }, (_, layer) => scores[`scores.${layer}`]!)),
      features: features!,
    },
  };
});

/** Arrays [n, …] put beside each other along a second axis: [n, arrays, …]. */
function stacked(arrays: readonly Tensor[]): Tensor {
  const [count, ...rest] = arrays[0]!.shape as [number, ...number[]];
  const size = elementCount(rest);
  const data = new Float32Array(count * arrays.length * size);
  for (let row = 0; row < count; row++) {
    arrays.forEach((array, place) => {
      const values = array.data.subarray(row * size, (row + 1) * size) as Float32Array;
      data.set(values, (row * arrays.length + place) * size);
    });
  }
  return tensor("float32", [count, arrays.length, ...rest], data);
}
