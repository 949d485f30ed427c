import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { integers } from "../../lib/data/random.ts";
import { ALPHABET } from "../../lib/data/roles.ts";
import { contextsOf } from "../../lib/federated/contexts.ts";
import { applyFeatureMap, makeFeatureMap } from "../../lib/federated/frozen_features.ts";

function noise(count: number, channels: number) {
  const data = Uint8Array.from(integers({ seed: 1, stream: "noise" }, count * 144 * channels, 256));
  return { count, height: 12, width: 12, channels, data };
}

const form = { filters: 6, size: 3, stride: 2, features: 8, seed: 0 };

Deno.test("features of the images that the map was made on are white", () => {
  const images = noise(400, 3);
  const { data, shape } = applyFeatureMap(images, makeFeatureMap(images, form));
  assertEquals(shape, [400, 9]);
  for (let i = 0; i < 8; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let image = 0; image < 400; image++) {
        sum += Number(data[image * 9 + i]) * Number(data[image * 9 + j]) * 8 / 400;
      }
      assertAlmostEquals(sum, i === j ? 1 : 0, 2e-3);
    }
  }
  for (let image = 0; image < 400; image++) assertEquals(data[image * 9 + 8], 1);
});

Deno.test("features do not see brightness that is the same everywhere, and are a function of each image alone", () => {
  const images = noise(20, 1);
  const map = makeFeatureMap(images, form);
  const darker = { ...images, data: images.data.map((byte) => Math.floor(byte / 2)) };
  const brighter = { ...darker, data: darker.data.map((byte) => byte + 100) };
  const [dark, bright] = [applyFeatureMap(darker, map).data, applyFeatureMap(brighter, map).data];
  for (let i = 0; i < dark.length; i++) assertAlmostEquals(Number(dark[i]), Number(bright[i]), 1e-4);
  const first = { ...images, count: 3, data: images.data.subarray(0, 3 * 144) };
  assertEquals(applyFeatureMap(first, map).data, applyFeatureMap(images, map).data.subarray(0, 27));
});

Deno.test("contexts tell a character by those before it", () => {
  const spec = { context: 2, features: 16, places: 100, seed: 0 };
  const { tensors } = contextsOf("role", "train", "Abcabd!", spec);
  const labels = [...tensors.labels!.data as Int32Array].map((label) => ALPHABET[label]);
  assertEquals(labels.join(""), "cabd!");
  const row = (at: number) => [...tensors.features!.data.subarray(at * 17, (at + 1) * 17) as Float32Array];
  assertEquals(row(0), row(3), "after ab, both times");
  assert(row(0).some((feature, i) => feature !== row(1)[i]));
  assertEquals(row(0).at(-1), 1);
});

Deno.test("contexts take the places asked for, evenly, and none of a text that is too short", () => {
  const spec = { context: 3, features: 4, places: 5, seed: 0 };
  const { tensors } = contextsOf("role", "train", "abcdefghijklmnopqrstuvwx", spec);
  const labels = [...tensors.labels!.data as Int32Array].map((label) => ALPHABET[label]);
  assertEquals(labels.join(""), "dhlpt");
  assertEquals(contextsOf("role", "train", "ab", spec).tensors.labels!.shape, [0]);
});
