import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { randomMasks } from "../../lib/data/mask.ts";

const key = { seed: 5, stream: "masks", step: 3 };

// The unit check U12 of the papers' notes: 196 patches at a ratio of 0.75 leave 49.
Deno.test("randomMasks() hides as many patches of each image as the official program", () => {
  for (const [patches, ratio, hidden] of [[196, 0.75, 147], [49, 0.9, 45], [49, 0.25, 13], [64, 0.5, 32]]) {
    const { data, shape } = randomMasks(key, { images: 5, patches: patches!, ratio: ratio! });
    assertEquals(shape, [5, patches!]);
    for (let image = 0; image < 5; image++) {
      const row = (data as Float32Array).subarray(image * patches!, (image + 1) * patches!);
      assertEquals(row.reduce((sum, value) => sum + value, 0), hidden);
      assert(row.every((value) => value === 0 || value === 1));
    }
  }
});

Deno.test("randomMasks() are functions of their key", () => {
  const masks = (step: number) => randomMasks({ ...key, step }, { images: 4, patches: 16, ratio: 0.5 });
  assertEquals(masks(1), masks(1));
  assertNotEquals(masks(1), masks(2));
});
