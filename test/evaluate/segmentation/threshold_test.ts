import { assertEquals } from "@std/assert";
import {
  bestHeadIou,
  centreHeads,
  keepShare,
  oracleIou,
  randomHeads,
} from "../../../lib/evaluate/segmentation/best_head.ts";
import { boxAround, boxIou, maskIou } from "../../../lib/evaluate/segmentation/overlap.ts";
import { patchMask, pixelMask } from "../../../lib/evaluate/segmentation/patches.ts";
import { KEPT, topEntries, topMass, topShare } from "../../../lib/evaluate/segmentation/threshold.ts";
import { assertAlmostEquals } from "@std/assert";

// The specification's unit check: k = ⌊0.6 · 9⌋ = 5 patches, and an IoU of 0.6 with this object.
const scores = Float32Array.from([0.1, 0.4, 0.2, 0.05, 0.3, 0.15, 0.25, 0.35, 0.01]);
const object = new Uint8Array([0, 1, 0, 0, 1, 0, 0, 1, 0]);

Deno.test("topShare() keeps the five highest of nine scores, and their IoU is 0.6", () => {
  const mask = topShare(scores, KEPT);
  assertEquals([...mask], [0, 1, 1, 0, 1, 0, 1, 1, 0]);
  assertAlmostEquals(maskIou(mask, object), 0.6, 1e-12);
});

Deno.test("topEntries() takes earlier patches first among equals", () => {
  assertEquals([...topEntries([1, 1, 1, 2], 2)], [1, 0, 0, 1]);
});

Deno.test("topMass() keeps the fewest patches that hold the share", () => {
  // DINO's program: ascending cumulative sums above 1 − 0.6 stay. 0.5 alone is too little, 0.5 + 0.2 is enough.
  assertEquals([...topMass([0.1, 0.5, 0.2, 0.15, 0.05], 0.6)], [0, 1, 1, 0, 0]);
  assertEquals([...topMass([1, 5, 2, 1.5, 0.5], 0.6)], [0, 1, 1, 0, 0]);
  assertEquals([...topMass([0.7, 0.3], 0.6)], [1, 0]);
});

Deno.test("bestHeadIou() takes the head that fits best, oracleIou() with the object's own size", () => {
  const heads = [scores.map((score) => -score), scores];
  assertAlmostEquals(bestHeadIou(heads, object, keepShare(KEPT)), 0.6, 1e-12);
  assertAlmostEquals(oracleIou(heads, object), 1, 1e-12); // the three highest scores are the object
});

Deno.test("random heads reach what chance allows, and centre heads know the middle", () => {
  // Of one head and an object of a share s, E[IoU] is about 0.6 s / (s + 0.6 − 0.6 s).
  const middle = Uint8Array.from({ length: 64 }, (_, patch) => {
    const [row, column] = [patch >> 3, patch & 7];
    return row > 1 && row < 6 && column > 1 && column < 6 ? 1 : 0;
  });
  const mean = (make: typeof randomHeads, heads: number) => {
    const ious = Array.from(
      { length: 300 },
      (_, image) => bestHeadIou(make({ heads, grid: 8, seed: 0, image }), middle, keepShare(KEPT)),
    );
    return ious.reduce((sum, iou) => sum + iou, 0) / ious.length;
  };
  const share = 16 / 64;
  assertAlmostEquals(mean(randomHeads, 1), 0.6 * share / (share + 0.6 - 0.6 * share), 0.01);
  assertEquals(mean(randomHeads, 4) > mean(randomHeads, 1) + 0.01, true);
  assertEquals(mean(centreHeads, 4) > mean(randomHeads, 4) + 0.1, true);
});

Deno.test("boxes lie tightly around masks, and overlap as rectangles do", () => {
  const mask = new Uint8Array(16);
  [5, 6, 10].forEach((place) => mask[place] = 1);
  assertEquals(boxAround(mask, 4), { top: 1, left: 1, bottom: 3, right: 3 });
  assertEquals(boxAround(new Uint8Array(16), 4), undefined);
  const box = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
  assertAlmostEquals(boxIou(box(0, 0, 2, 2), box(1, 1, 3, 3)), 1 / 7, 1e-12);
  assertEquals(boxIou(box(0, 0, 1, 1), box(2, 2, 3, 3)), 0);
  assertEquals(maskIou(new Uint8Array(4), new Uint8Array(4)), 0);
});

Deno.test("a patch is object when at least half of its pixels are", () => {
  const pixels = new Uint8Array([
    ...[1, 1, 0, 1],
    ...[0, 0, 0, 0],
    ...[1, 1, 1, 0],
    ...[1, 1, 1, 1],
  ]);
  const patches = patchMask(pixels, 4, 2);
  assertEquals([...patches], [1, 0, 1, 1]);
  assertEquals([...pixelMask(patches, 2, 4)].slice(0, 8), [1, 1, 0, 0, 1, 1, 0, 0]);
});
