import { assertEquals, assertMatch } from "@std/assert";
import { takePen } from "../../lib/report/figure.ts";
import { attentionMapsFigure } from "../../lib/report/figure_attention_maps.ts";
import { mapStabilityFigure } from "../../lib/report/figure_map_stability.ts";
import { objectViewsFigure } from "../../lib/report/figure_object_views.ts";
import { segmentationCurvesFigure } from "../../lib/report/figure_segmentation_curves.ts";
import { segmentationScoresFigure } from "../../lib/report/figure_segmentation_scores.ts";
import { dimmed, heatMap, overlay, picturesOf } from "../../lib/report/pictures.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();
const image = { width: 2, height: 2, channels: 3, data: new Uint8Array(12).fill(200) };
const mask = new Uint8Array([1, 0, 0, 0]);
const count = (svg: string, part: string) => svg.split(part).length - 1;

Deno.test("segmentationScoresFigure() compares networks with chance", async () => {
  const { title, caption, svg } = segmentationScoresFigure(pen, [
    { network: "crate", iou: [40, 42, 44], ap50: [20, 22, 21], accuracy: [95, 96, 97] },
    { network: "crate-mlp", iou: [38, 39, 40], ap50: [11, 12, 10], accuracy: [97, 97, 97] },
    { network: "crate-mhsa", iou: [35, 33, 34], ap50: [9, 8, 10], accuracy: [96, 96, 96] },
    { network: "vit", iou: [31, 30, 32], ap50: [5, 6, 4], accuracy: [99, 99, 99] },
  ], { chance: 29.9, centre: 36.2 });
  assertMatch(title, /\?$/);
  assertMatch(
    caption,
    /CRATE 42\.0 and 21\.0 \(accuracy 96\.0\).*ViT 31\.0 and 5\.0.*chance: 29\.9.*centre: 36\.2/,
  );
  await assertGolden("segmentation_scores.svg", svg);
});

Deno.test("segmentationCurvesFigure() draws layers and training, with seeds and means", async () => {
  const { caption, svg } = segmentationCurvesFigure(pen, {
    layers: {
      crate: [[30, 33, 38, 36], [31, 34, 40, 38]],
      vit: [[30, 31, 30, 32], [29, 30, 32, 31]],
      untrainedCrate: [[30, 31, 32, 31], [29, 30, 30, 32]],
      untrainedVit: [[31, 30, 31, 30], [30, 31, 30, 29]],
    },
    training: { steps: [0, 80, 800], seeds: [[32, 34, 38], [30, 35, 40]] },
    baselines: { chance: 30.1, centre: 36.4 },
  });
  assertMatch(
    caption,
    /goes from 31\.0 % before training to 39\.0 % after it.*chance, 30\.1 %.*centre, 36\.4 %/,
  );
  await assertGolden("segmentation_curves.svg", svg);
});

Deno.test("mapStabilityFigure() draws both studies of noise", async () => {
  const stability = (fall: number) => ({
    levels: [
      ...[10, 25, 50, 75].map((sigma) => ({ sigma, share: 0.5, iou: 1 - fall * sigma / 100 })),
      ...[0.1, 0.25, 0.75].map((share) => ({ sigma: 75, share, iou: 1 - fall * share })),
    ],
    byChance: 0.42,
  });
  const { caption, svg } = mapStabilityFigure(pen, {
    CRATE: [stability(0.3), stability(0.34)],
    ViT: [stability(0.5), stability(0.54)],
  });
  assertMatch(caption, /is 0\.76 in CRATE and 0\.61 in ViT; unrelated masks have 0\.42/);
  await assertGolden("map_stability.svg", svg);
});

Deno.test("attentionMapsFigure() has a picture for each image, its object, and each head", () => {
  const scores = [new Float32Array([0, 1, 2, 3]), new Float32Array([3, 2, 1, 0])];
  const { caption, svg } = attentionMapsFigure({
    images: [image, image],
    masks: [[mask], [mask, mask]],
    maps: { CRATE: [scores, scores], ViT: [scores, scores] },
    iou: { CRATE: 0.412, ViT: 0.305 },
    layer: [3, 4],
  });
  assertMatch(caption, /layer 3 of 4.*41\.2 % for CRATE and 30\.5 % for ViT/);
  assertEquals(count(svg, "<image"), 2 * (1 + 2 + 4)); // an object is drawn over its image
});

Deno.test("objectViewsFigure() has two pictures for each network", () => {
  const colours = { width: 2, height: 2, channels: 4, data: new Uint8Array(16) };
  const view = { colours: [colours], cuts: [[mask]], grid: 2 };
  const { svg } = objectViewsFigure([image], [[mask]], [{ name: "CRATE", ...view }, {
    name: "ViT",
    ...view,
  }]);
  assertEquals(count(svg, "<image"), 1 + 2 + 2 * 4);
  assertEquals(["CRATE", "ViT", "image", "object"].map((name) => count(svg, `>${name}<`)), [1, 1, 1, 1]);
});

Deno.test("pictures: heat maps reach from dark to bright, overlays leave the rest clear, dimming keeps the order", () => {
  const { data } = heatMap([5, 9, 5, 7]);
  assertEquals([...data.subarray(0, 6)], [68, 1, 84, 253, 231, 37]);
  assertEquals(overlay([mask], 2).data.filter((_, place) => place % 4 === 3), new Uint8Array([170, 0, 0, 0]));
  const both = overlay([mask, new Uint8Array([1, 1, 0, 0])], 2).data;
  assertEquals([...both.subarray(0, 3)], [255, 214, 10]); // the first object lies over the second
  assertEquals([...both.subarray(4, 7)], [0, 209, 178]);
  assertEquals([...dimmed(image).data], [110, 110, 110, 110]);
  const two = tensor("uint8", [2, 1, 2], [1, 2, 3, 4]);
  assertEquals(picturesOf(two, 5).map((picture) => [picture.channels, ...picture.data]), [[1, 1, 2], [
    1,
    3,
    4,
  ]]);
});
