import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/data/folder.ts";
import { drawShapes } from "../../lib/data/shapes.ts";
import { drawTexture } from "../../lib/data/textures.ts";
import { shapeScenes } from "../../tasks/load/shape_scenes.ts";
import { loadTextures } from "../../tasks/load/textures.ts";
import { run } from "../tasks/run.ts";

const params = { split: "train", least: 6, most: 9, seed: 0 } as const;
const textures = (count: number) => run(loadTextures, { count, side: 16, seed: 0 }, {});

Deno.test("scenes differ from their backgrounds only on the thing, and wholly where its mask is", async () => {
  const backgrounds = await textures(20);
  const { tensors } = await run(shapeScenes, params, { backgrounds });
  const [images, masks] = [tensors.images!.data, tensors.masks!.data] as [Uint8Array, Uint8Array];
  const below = backgrounds.tensors.images!.data as Uint8Array;
  const vivid = (place: number) => {
    const colour = [...images.subarray(3 * place, 3 * place + 3)];
    return Math.max(...colour) - Math.min(...colour) > 60;
  };
  let [object, changed] = [0, 0];
  masks.forEach((mask, place) => {
    if (mask === 1) assert(vivid(place), `pixel ${place} is not of a shape's colour`);
    object += mask;
    changed += [0, 1, 2].some((channel) => images[3 * place + channel] !== below[3 * place + channel])
      ? 1
      : 0;
  });
  assert(object > 0.5 * changed && object <= changed, `${object} pixels of mask, ${changed} changed`);
});

Deno.test("scenes have every label, a size within bounds, and a place anywhere", async () => {
  const backgrounds = await textures(120);
  const { about, tensors } = await run(shapeScenes, params, { backgrounds });
  assertEquals(about.name, "shapes on textures");
  assertEquals(new Set(tensors.labels!.data as Int32Array).size, 8);
  const edges = new Set<string>();
  for (let scene = 0; scene < 120; scene++) {
    const mask = (tensors.masks!.data as Uint8Array).subarray(scene * 256, (scene + 1) * 256);
    const rows = Array.from(mask.keys()).filter((place) => mask[place] === 1).map((place) => place >> 4);
    const columns = Array.from(mask.keys()).filter((place) => mask[place] === 1).map((place) => place & 15);
    assert(Math.max(...columns) - Math.min(...columns) < params.most);
    if (Math.min(...rows) === 0) edges.add("top");
    if (Math.max(...rows) === 15) edges.add("bottom");
    if (Math.min(...columns) === 0) edges.add("left");
    if (Math.max(...columns) === 15) edges.add("right");
  }
  assertEquals(edges.size, 4);
});

Deno.test("fewer scenes are the beginning of more, and the splits differ", async () => {
  const [few, many] = [await textures(5), await textures(9)];
  const [short, long] = await Promise.all(
    [few, many].map((backgrounds) => run(shapeScenes, params, { backgrounds })),
  );
  const beginning = (long!.tensors.images!.data as Uint8Array).subarray(0, 5 * 768);
  assertEquals(short!.tensors.images!.data, beginning);
  const test = await run(shapeScenes, { ...params, split: "test" }, { backgrounds: few });
  assertNotEquals(test.tensors.labels!.data, short!.tensors.labels!.data);
});

Deno.test("scenes refuse backgrounds that are too small for their things", async () => {
  const backgrounds = await textures(1);
  await assertRejects(
    () => run(shapeScenes, { ...params, most: 17 }, { backgrounds }),
    DataError,
    "at least 17 pixels wide, but textures has 16×16×3",
  );
});

Deno.test("shapes lie in their boxes, and those to test on have other colours", () => {
  const [train, test] = (["train", "test"] as const).map((split) => drawShapes({ split, seed: 0 }));
  const colours = (groups: typeof train) =>
    new Set(groups!.flatMap(({ cutouts }) => cutouts.map(({ data }) => data.subarray(0, 3).join())));
  assertEquals(colours(train).intersection(colours(test)).size, 0);
  for (const { name, cutouts } of train!) {
    const covered = cutouts[0]!.data.filter((value, place) => place % 4 === 3 && value === 255).length;
    assert(covered > 64 * 64 / 5 && covered < 64 * 64, `${name} covers ${covered} pixels`);
  }
});

Deno.test("textures are muted, of all kinds, and functions of their key", () => {
  const pictures = Array.from({ length: 30 }, (_, picture) => drawTexture(16, { seed: 0, picture }));
  assertEquals(drawTexture(16, { seed: 0, picture: 7 }), pictures[7]);
  assertNotEquals(drawTexture(16, { seed: 1, picture: 7 }), pictures[7]);
  for (const picture of pictures) {
    for (let place = 0; place < picture.length; place += 3) {
      const colour = [...picture.subarray(place, place + 3)];
      assert(Math.max(...colour) - Math.min(...colour) <= 51, `${colour} is vivid`);
    }
  }
  // Gratings repeat along one line, leaves have flat patches, clouds neither: by how many neighbours are equal.
  const equalNeighbours = pictures.map((picture) =>
    picture.filter((value, place) => place % 48 >= 3 && value === picture[place - 3]).length / picture.length
  );
  assert(Math.max(...equalNeighbours) > 0.5 && Math.min(...equalNeighbours) < 0.3);
});
