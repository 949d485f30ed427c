/**
 * What the layers of CRATE, its variants and ViT do to tokens, layer by layer.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { type ImageConfig, type ImageNetwork, loadClassifier, logitsOf, pixelsOf } from "../nn/classifier.ts";
import { spearman } from "../stats/order.ts";
import type { Tensors } from "../tensor/tensors.ts";
import { computeInBatches } from "./batches.ts";
import { coherence } from "./coherence.ts";
import { greatestCodingRate, shareAboveZero, stableRank, unitCodingRate } from "./compression.ts";
import { examplesFor } from "./examples.ts";
import { changeWithDepth } from "./variational_rate.ts";

/** Images looked at at a time. */
const BATCH = 50;

/** What the configuration of a network in this family says beyond an image classifier's. */
export interface LayeredConfig extends ImageConfig {
  /** Blocks. */
  readonly depth: number;
  /** Heads. */
  readonly heads: number;
}

/**
 * Measures every layer of an image classifier whose probe shows what CRATE's does, the class token included.
 *
 * Needs TensorFlow to be loaded. Fails when the images do not fit the network, or the checkpoint is another's.
 *
 * @param count How many images, at most.
 * @returns By layer, as means over images: `rateOfInput`, R^c of LN(Z^ℓ) U_k as a share of its greatest value, which is
 * what the official program measures (keys, where there are no subspaces); `rate`, R^c of LN(Z^{ℓ+½}) U_k, which is what
 * the paper names, where a network has subspaces; `nonZero`, the share of non-zero values of Z^{ℓ+1}; `stableRank` of
 * Z^{ℓ+1}; and, of the weights alone, `between`, `within` and `offBlock`, the coherence of subspaces. Of each curve its
 * `…Mean`, its rank correlation with depth `…Trend`, and its last value less its first `…Change`. `nonZeroBeforeLast` is the
 * same for `nonZero` without the last layer, and `nonZeroBump` its last step.
 */
export const measureCrateLayers = Effect.fnUntraced(function* <Config extends LayeredConfig>(
  network: ImageNetwork<Config>,
  checkpoint: Checkpoint,
  data: Dataset,
  count: number,
): Effect.fn.Return<Metrics, unknown, Running> {
  const saved = yield* Effect.try({
    try: () => loadClassifier(network, checkpoint),
    catch: (error) => error,
  });
  const { config, parameters } = saved;
  const { images } = yield* examplesFor(config, data, count);
  const found = yield* computeInBatches({
    parameters,
    examples: { images: pixelsOf(images, Array.from({ length: images.shape[0]! }, (_, index) => index)) },
    size: BATCH,
    compute: (parameters, { images }) => {
      const seen: Record<string, Tensors[string]> = {};
      logitsOf(network, saved, parameters, images!, {
        probe: (layer, { projections, compressedProjections, sparse }) => {
          seen[`rateOfInput.${layer}`] = shareOfGreatest(projections!);
          if (compressedProjections !== undefined) {
            seen[`rate.${layer}`] = shareOfGreatest(compressedProjections);
          }
          seen[`nonZero.${layer}`] = shareAboveZero(sparse!);
          seen[`stableRank.${layer}`] = stableRank(sparse!);
        },
      });
      return seen;
    },
  });
  const layers = Array.from({ length: config.depth }, (_, layer) => layer);
  const curve = (name: string) =>
    layers.map((layer) => mean(found[`${name}.${layer}`]!.data as Float32Array));
  const bases = layers.flatMap((layer) => {
    const projection = parameters[`blocks.${layer}.attention.projection.weight`];
    return projection === undefined ? [] : [coherence(projection, config.heads)];
  });
  const nonZero = curve("nonZero");
  return {
    ...described("rateOfInput", curve("rateOfInput")),
    ...("rate.0" in found ? described("rate", curve("rate")) : {}),
    ...described("nonZero", nonZero),
    ...(nonZero.length > 2 ? described("nonZeroBeforeLast", nonZero.slice(0, -1)) : {}),
    ...(nonZero.length > 1 ? { nonZeroBump: nonZero.at(-1)! - nonZero.at(-2)! } : {}),
    ...described("stableRank", curve("stableRank")),
    ...(bases.length === 0 ? {} : {
      ...described("between", bases.map((one) => one.between)),
      betweenFall: changeWithDepth(bases.map((one) => one.between)),
      ...described("within", bases.map((one) => one.within)),
      ...described("offBlock", bases.map((one) => one.offBlock)),
    }),
    data: data.about.name,
    images: images.shape[0]!,
  };
});

function shareOfGreatest(projections: Tensors[string]): Tensors[string] {
  const [, heads, count, width] = projections.shape as [number, number, number, number];
  return unitCodingRate(projections).div(greatestCodingRate(heads, count, width));
}

/** A curve over layers and what is said of it. */
function described(name: string, curve: readonly number[]): Metrics {
  return {
    [name]: curve,
    [`${name}Mean`]: mean(curve),
    ...(curve.length < 2 ? {} : {
      [`${name}Change`]: curve.at(-1)! - curve[0]!,
      [`${name}Trend`]: spearman(curve.map((_, layer) => layer), curve),
    }),
  };
}

function mean(numbers: ArrayLike<number>): number {
  return Array.from(numbers).reduce((sum, value) => sum + value, 0) / numbers.length;
}
