import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { philox } from "../../lib/data/philox.ts";
import { integers, normal, permutation, uniform } from "../../lib/data/random.ts";

const key = { seed: 1, stream: "test" };

Deno.test("philox() gives the known answers of Random123", () => {
  // From kat_vectors in the Random123 distribution: philox4x32, 10 rounds.
  const all = 0xffffffff;
  const answers = [
    [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    [[all, all, all, all], [all, all], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ] as const;
  for (const [counter, seed, words] of answers) {
    assertEquals([...philox(counter, seed, new Uint32Array(4))], [...words]);
  }
});

Deno.test("uniform() depends on the seed, the stream and the step, and on nothing else", () => {
  assertEquals(uniform(key, 5), uniform({ ...key, step: 0 }, 9).subarray(0, 5));
  const others = [{ ...key, seed: 2 }, { ...key, seed: 2 ** 32 + 1 }, { ...key, stream: "rest" }, {
    ...key,
    step: 1,
  }];
  for (const other of others) assertNotEquals(uniform(other, 5), uniform(key, 5));
});

Deno.test("uniform() is flat: a chi-squared of 100 bins is within five standard deviations of its mean", () => {
  const counts = new Array<number>(100).fill(0);
  for (const draw of uniform(key, 100_000)) counts[Math.floor(draw * 100)]! += 1;
  const chiSquared = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  assert(Math.abs(chiSquared - 99) < 5 * Math.sqrt(2 * 99), `${chiSquared}`);
});

Deno.test("normal() has the moments of a standard normal, within five standard errors", () => {
  const count = 200_000;
  const draws = normal(key, count);
  const moment = (power: number) => draws.reduce((sum, draw) => sum + draw ** power, 0) / count;
  // The variances of the mean, of the squares, the cubes and the fourth powers are 1, 2, 15 and 96.
  assertAlmostEquals(moment(1), 0, 5 * Math.sqrt(1 / count));
  assertAlmostEquals(moment(2), 1, 5 * Math.sqrt(2 / count));
  assertAlmostEquals(moment(3), 0, 5 * Math.sqrt(15 / count));
  assertAlmostEquals(moment(4), 3, 5 * Math.sqrt(96 / count));
});

Deno.test("normal() gives fewer as the beginning of more, at odd counts too", () => {
  assertEquals(normal(key, 3), normal(key, 8).subarray(0, 3));
});

Deno.test("integers() stays below its bound and reaches every number", () => {
  assertEquals([...new Set(integers(key, 1000, 7))].sort(), [0, 1, 2, 3, 4, 5, 6]);
});

Deno.test("permutation() holds every number once, and each place is equally likely", () => {
  assertEquals(
    [...permutation(key, 1000)].sort((a, b) => a - b),
    Array.from({ length: 1000 }, (_, index) => index),
  );
  const first = new Array<number>(5).fill(0);
  for (let step = 0; step < 10_000; step += 1) first[permutation({ ...key, step }, 5)[0]!]! += 1;
  for (const count of first) assertAlmostEquals(count, 2000, 5 * Math.sqrt(10_000 * 0.2 * 0.8));
  assertEquals([...permutation(key, 0)], []);
});
