import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { EvaluationError } from "../../../lib/evaluate/examples.ts";
import type { Dataset } from "../../../lib/kinds/dataset.ts";
import { tensor } from "../../../lib/tensor/array.ts";
import { detectionPrecision } from "../../../tasks/evaluate/detection_precision.ts";
import { mapStability } from "../../../tasks/evaluate/map_stability.ts";
import { objectCuts } from "../../../tasks/evaluate/object_cuts.ts";
import { principalSplit } from "../../../tasks/evaluate/principal_split.ts";
import { principalViews } from "../../../tasks/evaluate/principal_views.ts";
import { segmentation } from "../../../tasks/evaluate/segmentation.ts";
import { run } from "../../tasks/run.ts";
import { isObject, maps, scenes } from "./maps_fixture.ts";

const sizes = { layers: 3, heads: 2, width: 4 };

/** Scores that no two patches share, far below those of objects. */
const noise = (image: number, patch: number) => Math.sin(7 * image + 3 * patch) / 10;

Deno.test("segmentation measures each layer's best head, in every way of keeping patches", async () => {
  // Head 1 sees the object from the second layer on; the first layer's heads look away from it.
  const seen = maps(sizes, (image, layer, head, patch) => {
    const object = isObject(image, patch) ? 6 : 0;
    return noise(image, patch) + (layer === 0 ? -object : head === 1 ? object : 0);
  });
  const found = await run(segmentation, {}, { maps: seen, truth: scenes() });
  // Nine of 16 patches are kept; all four of the object's when it is seen, none when it is looked away from.
  assertEquals(found.entries, [0, 4 / 9, 4 / 9]);
  assertEquals(found.oracle, [0, 1, 1]);
  assertEquals((found.mass as number[])[1]! > 0.7, true); // the fewest that hold 60 %: three or all of the four
  assertEquals(found.depthTrend, 0); // from the middle layer on nothing changes
  assertEquals([found.objectShare, found.images, found.data], [0.25, 4, "corners"]);
  const penultimate = found.penultimate as Record<string, number>;
  assertAlmostEquals(penultimate.entries!, 4 / 9, 1e-12);
  const random = found.random as Record<string, number>;
  assert(random.entries! > 0.2 && random.entries! < 0.4);
});

Deno.test("attention as coded is scaled by p^-½ and has the class token in its softmax", async () => {
  // p = 2. The object's four patches have the score 2, others 0, the class token 0: of the patches' attention, those four
  // hold 4 e^√2 / (4 e^√2 + 12) = 58 % as coded and 4 e² / (4 e² + 12) = 71 % as the paper has it.
  const seen = maps(sizes, (image, _, __, patch) => isObject(image, patch) ? 2 : 0);
  const found = await run(segmentation, {}, { maps: seen, truth: scenes() });
  assertEquals((found.mass as number[])[1], 1); // four patches suffice
  assertEquals((found.massAsCoded as number[])[1], 4 / 5); // one more is needed
});

Deno.test("maps, masks and datasets that do not fit are errors that say so", async () => {
  const seen = maps(sizes, () => 0);
  const { about, tensors: { images, labels } } = scenes();
  const bare = { about, tensors: { images: images!, labels: labels! } };
  await assertRejects(
    () => run(segmentation, {}, { maps: seen, truth: bare }),
    EvaluationError,
    "has no masks",
  );
  await assertRejects(
    () => run(segmentation, {}, { maps: bare, truth: scenes() }),
    EvaluationError,
    "no attention maps",
  );
});

/** Keys that point one way on the object and another way elsewhere, a little spread. */
const keys = (image: number, patch: number, k: number) =>
  (isObject(image, patch) ? [-1, 1, 0, 0] : [1, 1, 0, 0])[k]! + Math.sin(5 * patch + k + image) / 20;

Deno.test("objects with keys of their own are cut out exactly", async () => {
  const seen = maps(sizes, () => 0, keys);
  const cuts = await run(objectCuts, { objects: 3, tau: 0.15 }, { maps: seen });
  const found = await run(detectionPrecision, {}, { cuts, maps: seen, truth: scenes() });
  const [box, mask] = [found.box, found.mask] as Record<string, number>[];
  // Each image's first cut is its object; later ones are wrong, and lower precision after the first image.
  assert(mask!.ap50! > 50 && mask!.ap50 === mask!.ap, `AP ${mask!.ap}`);
  assert(box!.ap75! > 50);
  const [first] = [cuts.tensors.cuts!.data.subarray(0, 16)];
  assertEquals(
    [...first as Uint8Array],
    Array.from({ length: 16 }, (_, patch) => isObject(0, patch) ? 1 : 0),
  );
});

Deno.test("the first principal component of such keys tells objects apart, that of equal ones does not", async () => {
  const seen = maps(sizes, () => 0, keys);
  const found = await run(principalSplit, {}, { maps: seen, truth: scenes() });
  assertEquals([found.object, found.background, found.gap, found.classes], [1, 0, 1, 2]);
  const alike = maps(sizes, () => 0, (image, patch, k) => Math.sin(5 * patch + k + image));
  const { gap } = await run(principalSplit, {}, { maps: alike, truth: scenes() });
  assert(Math.abs(gap as number) < 0.6);
});

Deno.test("principal views colour the object's patches only", async () => {
  const seen = maps(sizes, () => 0, keys);
  const { tensors: { colours } } = await run(principalViews, {}, { maps: seen });
  assertEquals(colours!.shape, [4, 4, 4, 4]);
  for (let image = 0; image < 4; image++) {
    for (let patch = 0; patch < 16; patch++) {
      assertEquals(colours!.data[(image * 16 + patch) * 4 + 3], isObject(image, patch) ? 255 : 0);
    }
  }
});

Deno.test("stability is 1 for maps that do not move, and near chance for others", async () => {
  // Of four images, two are the clean ones, and two their noisy versions.
  const levels = [{ sigma: 10, share: 0.5 }];
  const series = (made: Dataset): Dataset => ({ ...made, about: { ...made.about, levels } });
  const still = maps(sizes, (image, _, head, patch) => noise(image % 2, patch + head));
  const found = await run(mapStability, {}, { maps: series(still) });
  assertEquals(found.levels, [{ ...levels[0]!, iou: 1 }]);
  assertAlmostEquals(found.byChance as number, 9 / (32 - 9), 1e-12);
  const moved = maps(sizes, (image, _, head, patch) => noise(image, 11 * patch * (1 + image) + head));
  const [level] = (await run(mapStability, {}, { maps: series(moved) })).levels as { iou: number }[];
  assert(level!.iou < 0.7);
});

Deno.test("a cut that found nothing lowers recall and nothing else", async () => {
  const seen = maps(sizes, () => 0, keys);
  const cuts = await run(objectCuts, { objects: 1, tau: 0.15 }, { maps: seen });
  const without = cuts.tensors.cuts!.data.slice() as Uint8Array;
  without.fill(0, 0, 16);
  const fewer = { about: cuts.about, tensors: { cuts: tensor("uint8", cuts.tensors.cuts!.shape, without) } };
  const all = await run(detectionPrecision, {}, { cuts, maps: seen, truth: scenes() });
  const some = await run(detectionPrecision, {}, { cuts: fewer, maps: seen, truth: scenes() });
  assertEquals((all.mask as Record<string, number>).ap, 100);
  assertAlmostEquals((some.mask as Record<string, number>).ap!, 100 * 76 / 101, 1e-9); // recalls 0 to 0.75
  assertEquals([all.found, some.found], [1, 0.75]);
});

Deno.test("each number of a mask is an object, and what VOC leaves undecided is none", async () => {
  const { about, tensors } = scenes();
  const masks = tensors.masks!.data.slice() as Uint8Array;
  // The first image's object falls into two of two patches each; beside it stands something undecided.
  [0, 1, 2, 3, 8, 9, 10, 11].forEach((place) => masks[place] = 7);
  masks[7] = 255;
  const truth = { about, tensors: { ...tensors, masks: tensor("uint8", [4, 8, 8], masks) } };
  const seen = maps(sizes, (image, _, __, patch) => isObject(image, patch) ? 6 : 0, keys);
  const found = await run(segmentation, {}, { maps: seen, truth });
  assertAlmostEquals((found.entries as number[])[0]!, (2 / 9 + 3 * 4 / 9) / 4, 1e-12);
  assertEquals(found.objectShare, 0.25);
  const cuts = await run(objectCuts, { objects: 1, tau: 0.15 }, { maps: seen });
  const { mask } = await run(detectionPrecision, {}, { cuts, maps: seen, truth });
  // Of five objects four are found, the first image's two as one of IoU ½.
  assertAlmostEquals((mask as Record<string, number>).ap50!, 100 * 81 / 101, 1e-9);
  assertAlmostEquals((mask as Record<string, number>).ap75!, 100 * 61 * 3 / 4 / 101, 1e-9);
});
