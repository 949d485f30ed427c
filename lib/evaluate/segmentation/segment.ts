/**
 * How well attention maps show where the object is.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import { spearman } from "../../stats/order.ts";
import type { EvaluationError } from "../examples.ts";
import { bestHeadIou, centreHeads, keepShare, oracleIou, randomHeads } from "./best_head.ts";
import { anyObject, type Maps, mapsOf, softmax, type Truth, truthsOf } from "./maps.ts";
import { KEPT, topMass } from "./threshold.ts";

/** The seed of the heads that know nothing: one, so that networks are compared with the same. */
const BASELINE_SEED = 0;

/**
 * Measures the IoU of each layer's best head with the object, a mean over images.
 *
 * @param maps What `mapAttention` made.
 * @param truth A dataset with `masks`, whose first images those are.
 * @returns By layer: `entries`, keeping the 60 % of patches with the highest scores; `mass`, the fewest patches that hold
 * 60 % of the attention of the paper's softmax (patches only, not scaled), and `massAsCoded`, of the program's (scaled,
 * the class token too); `oracle`, as many patches as the object has. The same of the last layer but one under
 * `penultimate`, and of heads that know nothing under `random` and `centre`. `depthTrend`, the rank correlation of
 * `entries` with depth over the layers from the middle on.
 */
export const measureSegmentation = Effect.fnUntraced(function* (
  maps: Dataset,
  truth: Dataset,
): Effect.fn.Return<Metrics, EvaluationError> {
  const found = yield* mapsOf(maps);
  const truths = yield* truthsOf(truth, found);
  const byLayer = Array.from({ length: found.layers }, (_, layer) => measureLayer(found, layer, truths));
  const of = (measure: keyof (typeof byLayer)[number]) => byLayer.map((layer) => layer[measure]);
  const entries = of("entries");
  const middle = Math.ceil(found.layers / 2) - 1;
  const late = entries.slice(middle);
  return {
    entries,
    mass: of("mass"),
    massAsCoded: of("massAsCoded"),
    oracle: of("oracle"),
    penultimate: byLayer[found.layers - 2]!,
    random: measureBaseline(found, truths, randomHeads),
    centre: measureBaseline(found, truths, centreHeads),
    depthTrend: spearman(late.map((_, layer) => layer), late),
    objectShare: mean(truths.map((truth) => mean([...anyObject(truth, found.grid)]))),
    data: truth.about.name,
    images: found.count,
  };
});

function measureLayer(maps: Maps, layer: number, truths: readonly Truth[]) {
  const scores = truths.map((_, image) => maps.scores(image, layer));
  return {
    entries: meanIou(truths, (object, image) => bestHeadIou(scores[image]!, object, keepShare(KEPT))),
    mass: meanIou(
      truths,
      (object, image) => bestHeadIou(scores[image]!, object, (head) => topMass(softmax(head), KEPT)),
    ),
    massAsCoded: meanIou(
      truths,
      (object, image) => bestHeadIou(maps.attention(image, layer), object, (head) => topMass(head, KEPT)),
    ),
    oracle: meanIou(truths, (object, image) => oracleIou(scores[image]!, object)),
  };
}

function measureBaseline({ heads, grid }: Maps, truths: readonly Truth[], make: typeof randomHeads) {
  const scores = truths.map((_, image) => make({ heads, grid, seed: BASELINE_SEED, image }));
  return {
    entries: meanIou(truths, (object, image) => bestHeadIou(scores[image]!, object, keepShare(KEPT))),
    oracle: meanIou(truths, (object, image) => oracleIou(scores[image]!, object)),
  };
}

/** The mean over the objects of an image, and then over the images that have any (appendix B.3). */
function meanIou(truths: readonly Truth[], iou: (object: Uint8Array, image: number) => number): number {
  const images = truths.flatMap(({ objects }, image) =>
    objects.length === 0 ? [] : [mean(objects.map(({ patches }) => iou(patches, image)))]
  );
  return mean(images);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
