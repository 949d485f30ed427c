/**
 * What the layers of ToST do, layer by layer.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { loadClassifier, logitsOf, pixelsOf } from "../nn/classifier.ts";
import { tost } from "../nn/tost.ts";
import { spearman } from "../stats/order.ts";
import type { Tensor } from "../tensor/array.ts";
import type { Tensors } from "../tensor/tensors.ts";
import { computeInBatches } from "./batches.ts";
import { examplesFor } from "./examples.ts";
import { decidedness } from "./memberships.ts";
import { changeWithDepth, type LayerActivations, variationalRates } from "./variational_rate.ts";

/** Images looked at at a time. */
const BATCH = 50;

/**
 * The projections and memberships of every layer of a ToST classifier for the first images of a dataset.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @param count How many images, at most.
 */
export const layersOf = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  data: Dataset,
  count: number,
): Effect.fn.Return<readonly LayerActivations[], unknown, Running> {
  const saved = yield* Effect.try({ try: () => loadClassifier(tost, checkpoint), catch: (error) => error });
  const { images } = yield* examplesFor(saved.config, data, count);
  const found = yield* computeInBatches({
    parameters: saved.parameters,
    examples: { images: pixelsOf(images, Array.from({ length: images.shape[0]! }, (_, index) => index)) },
    size: BATCH,
    compute: (parameters, { images }) => {
      const seen: Record<string, Tensors[string]> = {};
      logitsOf(tost, saved, parameters, images!, {
        probe: (layer, { projections, memberships }) => {
          seen[`projections.${layer}`] = projections!;
          seen[`memberships.${layer}`] = memberships!;
        },
      });
      return seen;
    },
  });
  return Array.from({ length: saved.config.depth }, (_, layer) => {
    const [projections, memberships] = [found[`projections.${layer}`], found[`memberships.${layer}`]] as [
      Tensor,
      Tensor,
    ];
    return {
      projections: projections.data as Float32Array,
      memberships: memberships.data as Float32Array,
      shape: projections.shape as LayerActivations["shape"],
    };
  });
});

/**
 * Measures every layer of a ToST classifier.
 *
 * @returns By layer: `rate`, R^var of projections with unit tokens, and `rateAsTheyAre`, without (both in nats, f(x) =
 * log(1 + x), means over images); `meanMaximum` and `meanEntropy` of the memberships. Over all layers:
 * `rateChange`, the relative change of `rate` from the first third of the layers to the last; `rateTrend`, its rank
 * correlation with depth; `decided`, the mean of `meanMaximum`.
 */
export const measureLayers = Effect.fnUntraced(function* (
  checkpoint: Checkpoint,
  data: Dataset,
  count: number,
): Effect.fn.Return<Metrics, unknown, Running> {
  const layers = yield* layersOf(checkpoint, data, count);
  const rate = layers.map((layer) => mean(variationalRates(layer)));
  const memberships = layers.map(({ memberships, shape: [images, heads, tokens] }) =>
    decidedness(memberships, [images, heads, tokens])
  );
  const meanMaximum = memberships.map((layer) => layer.meanMaximum);
  return {
    rate,
    rateAsTheyAre: layers.map((layer) => mean(variationalRates(layer, { unitTokens: false }))),
    rateChange: changeWithDepth(rate),
    rateTrend: spearman(rate.map((_, layer) => layer), rate),
    meanMaximum,
    meanEntropy: memberships.map((layer) => layer.meanEntropy),
    decided: mean(meanMaximum),
    data: data.about.name,
    images: layers[0]!.shape[0],
  };
});

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
