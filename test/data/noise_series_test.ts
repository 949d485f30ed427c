import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { addSpeckle } from "../../lib/data/noise_series.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { addNoiseSeries } from "../../tasks/corrupt/noise_series.ts";
import { run } from "../tasks/run.ts";

const grey = { count: 2, height: 40, width: 40, channels: 3, data: new Uint8Array(2 * 4800).fill(128) };

Deno.test("addSpeckle() changes a share of the pixels, all of their channels, by noise of that strength", () => {
  const noisy = addSpeckle(grey, { sigma: 20, share: 0.25 }, 0);
  const changes = Array.from({ length: 3200 }, (_, pixel) => {
    const channels = [0, 1, 2].map((channel) => noisy[3 * pixel + channel]! - 128);
    return channels.some((change) => change !== 0) ? channels : undefined;
  }).filter((change) => change !== undefined);
  assertAlmostEquals(changes.length / 3200, 0.25, 0.03);
  const values = changes.flat();
  assertAlmostEquals(values.reduce((sum, value) => sum + value, 0) / values.length, 0, 1.5);
  assertAlmostEquals(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length), 20, 1.2);
});

Deno.test("addSpeckle() on more pixels keeps those of fewer, and stronger noise goes the same way", () => {
  const at = (sigma: number, share: number) => addSpeckle(grey, { sigma, share }, 0);
  const [few, many, strong] = [at(20, 0.25), at(20, 0.75), at(40, 0.25)];
  few.forEach((value, place) => {
    if (value === 128) return;
    assertEquals(many[place], value);
    const twice = Math.min(Math.max(128 + 2 * (value - 128), 0), 255);
    assert(Math.abs(strong[place]! - twice) <= 1);
  });
});

Deno.test("noise-series repeats images, first without noise, and says so", async () => {
  const data = {
    about: { name: "grey", split: "test", classes: ["a", "b"] },
    tensors: {
      images: tensor("uint8", [2, 40, 40, 3], grey.data),
      labels: tensor("int32", [2], [0, 1]),
    },
  };
  const levels = [{ sigma: 10, share: 0.5 }, { sigma: 75, share: 0.5 }];
  const { about, tensors } = await run(addNoiseSeries, { count: 1, levels, seed: 0 }, { data });
  assertEquals(tensors.images!.shape, [3, 40, 40, 3]);
  assertEquals(tensors.labels!.data, new Int32Array([0, 0, 0]));
  assertEquals((tensors.images!.data as Uint8Array).subarray(0, 4800), grey.data.subarray(0, 4800));
  assertEquals(about.levels, levels);
  assertEquals(about.corruptions, [{ "noise-series": { levels, seed: 0 } }]);
});
