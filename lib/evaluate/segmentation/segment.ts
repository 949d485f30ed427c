/**
 * How well attention maps show where the object is.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Dataset } from "../../kinds/dataset.ts";
import type { Metrics } from "../../kinds/metrics.ts";
import { spearman } from "../../stats/order.ts";
import { bestHeadIou, centreHeads, keepShare, oracleIou, randomHeads } from "./best_head.ts";
import { type Maps, mapsOf, softmax, truthsOf } from "./maps.ts";
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
export const measureSegmentation = Effect.fnUntraced(function* (maps: Dataset, truth: Dataset) {
  const found = yield* mapsOf(maps);
  const truths = yield* truthsOf(truth, found);
  const masks = truths.map(({ patches }) => patches);
  const byLayer = Array.from({ length: found.layers }, (_, layer) => measureLayer(found, layer, masks));
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
    random: measureBaseline(found, masks, randomHeads),
    centre: measureBaseline(found, masks, centreHeads),
    depthTrend: spearman(late.map((_, layer) => layer), late),
    objectShare: mean(masks.map((mask) => mean([...mask]))),
    data: truth.about.name,
    images: found.count,
  } satisfies Metrics;
});

function measureLayer(maps: Maps, layer: number, truths: readonly Uint8Array[]) {
  const scores = truths.map((_, image) => maps.scores(image, layer));
  const over = (iou: (truth: Uint8Array, image: number) => number) => mean(truths.map(iou));
  return {
    entries: over((truth, image) => bestHeadIou(scores[image]!, truth, keepShare(KEPT))),
    mass: over((truth, image) => bestHeadIou(scores[image]!, truth, (head) => topMass(softmax(head), KEPT))),
    massAsCoded: over((truth, image) =>
      bestHeadIou(maps.attention(image, layer), truth, (head) => topMass(head, KEPT))
    ),
    oracle: over((truth, image) => oracleIou(scores[image]!, truth)),
  };
}

function measureBaseline({ heads, grid }: Maps, truths: readonly Uint8Array[], make: typeof randomHeads) {
  const scores = truths.map((_, image) => make({ heads, grid, seed: BASELINE_SEED, image }));
  const over = (iou: (heads: readonly Float32Array[], truth: Uint8Array) => number) =>
    mean(truths.map((truth, image) => iou(scores[image]!, truth)));
  return {
    entries: over((heads, truth) => bestHeadIou(heads, truth, keepShare(KEPT))),
    oracle: over(oracleIou),
  };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}
