import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { physicalBatches, poissonSample } from "../../../lib/train/private/sampling.ts";

Deno.test("poissonSample() takes each example with its chance, whatever the others are", () => {
  const [examples, batch, steps] = [50, 5, 20_000];
  const counts = new Float64Array(examples);
  let [sizes, squares, pairs] = [0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const drawn = poissonSample({ examples, batch, seed: 3 }, step);
    assert(
      drawn.every((place, index) =>
        place >= 0 && place < examples && (index === 0 || place > drawn[index - 1]!)
      ),
    );
    drawn.forEach((place) => counts[place]! += 1);
    sizes += drawn.length;
    squares += drawn.length ** 2;
    pairs += drawn.includes(7) && drawn.includes(8) ? 1 : 0;
  }
  // Standard errors: 0.002 of a chance, 0.015 of the mean size, 0.0007 of a pair's chance.
  counts.forEach((count) => assertAlmostEquals(count / steps, 0.1, 0.009));
  const mean = sizes / steps;
  assertAlmostEquals(mean, 5, 0.06);
  assertAlmostEquals(squares / steps - mean ** 2, 50 * 0.1 * 0.9, 0.2); // binomial
  assertAlmostEquals(pairs / steps, 0.01, 0.003);
});

Deno.test("physicalBatches() cuts every step's sample into batches that fit, the last one marked", () => {
  const sampling = { examples: 100, batch: 20, draw: "poisson", seed: 1 } as const;
  const batches = physicalBatches(sampling, 30, 8);
  for (let step = 0; step < 30; step++) {
    const own = batches.filter((batch) => batch.step === step);
    assertEquals(own.flatMap(({ examples }) => [...examples]), [...poissonSample(sampling, step)]);
    assertEquals(own.map(({ last }) => last), own.map((_, index) => index === own.length - 1));
    assert(own.every(({ examples }) => examples.length <= 8));
  }
});

Deno.test("physicalBatches() keeps a step whose sample is empty", () => {
  const batches = physicalBatches({ examples: 1000, batch: 0.5, draw: "poisson", seed: 1 }, 40, 4);
  assertEquals(new Set(batches.map(({ step }) => step)).size, 40);
  assert(batches.some(({ examples }) => examples.length === 0));
});

Deno.test("physicalBatches() of shuffled steps takes every example once an epoch", () => {
  const batches = physicalBatches({ examples: 12, batch: 4, draw: "shuffled", seed: 1 }, 3, 8);
  assertEquals(batches.flatMap(({ examples }) => [...examples]).sort((a, b) => a - b), [...Array(12).keys()]);
});
