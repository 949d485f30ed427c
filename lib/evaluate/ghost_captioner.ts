/**
 * Ghost norms of a captioner against gradients made one by one.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { captionedOf } from "../data/captions.ts";
import type { DataError } from "../data/folder.ts";
import { takenRows } from "../data/keep_rows.ts";
import type { Dataset } from "../kinds/dataset.ts";
import type { Metrics } from "../kinds/metrics.ts";
import { type CaptionerConfig, captionerSpecs, captionLosses } from "../nn/captioner.ts";
import { pixelsOf } from "../nn/classifier.ts";
import { toTensor } from "../tensor/tensors.ts";
import { compareGhostNorms } from "./ghost_norms.ts";

/** {@linkcode compareGhostNorms} for a captioner on the first images and captions of a dataset. */
export function compareCaptioner(
  config: CaptionerConfig,
  data: Dataset,
  { count, seed }: { readonly count: number; readonly seed: number },
): Effect.Effect<Metrics, DataError> {
  return Effect.map(captionedOf(data), ({ images, captions }) =>
    compareGhostNorms({
      specs: captionerSpecs(config),
      seed,
      count: Math.min(count, images.shape[0]!),
      losses: (layers, examples) =>
        captionLosses(
          layers,
          toTensor(pixelsOf(images, examples)),
          toTensor(takenRows(captions, examples)),
          config,
        ),
    }));
}
