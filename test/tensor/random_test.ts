import { assertAlmostEquals, assertEquals, assertLess, assertNotEquals } from "@std/assert";
import "../nn/tensorflow.ts";
import { compileFunction } from "../../lib/tensor/compile.ts";
import { tf } from "../../lib/tensor/native.ts";
import { type DrawKey, normal, uniform } from "../../lib/tensor/random.ts";

function key(seed: number, step: number, stream: number): DrawKey {
  return { seed: tf.scalar(seed, "int32"), step: tf.scalar(step, "int32"), stream };
}

function numbers(draw: () => ReturnType<typeof uniform>): number[] {
  return tf.tidy(() => [...draw().dataSync()]);
}

Deno.test("equal keys draw equal numbers; another seed, step or stream draws others", () => {
  const draw = (seed: number, step: number, stream: number) =>
    numbers(() => uniform([4], key(seed, step, stream)));
  assertEquals(draw(1, 2, 3), draw(1, 2, 3));
  const others = [draw(1, 2, 3), draw(0, 2, 3), draw(1, 3, 3), draw(1, 2, 4), draw(2, 1, 3), draw(3, 2, 1)];
  assertEquals(new Set(others.map(String)).size, others.length);
});

Deno.test("uniform() fills its interval evenly", () => {
  const drawn = numbers(() => uniform([40_000], key(7, 0, 0), -1, 3)).sort((a, b) => a - b);
  assertLess(-1 - 1e-6, drawn[0]!);
  assertLess(drawn.at(-1)!, 3);
  // Kolmogorov–Smirnov: the largest distance from the distribution function, 1.63/√n at the 1 % level.
  const distance = Math.max(...drawn.map((x, i) => Math.abs((x + 1) / 4 - (i + 0.5) / drawn.length)));
  assertLess(distance, 1.63 / Math.sqrt(drawn.length));
});

Deno.test("normal() has the moments of its distribution", () => {
  const drawn = numbers(() => normal([40_000], key(7, 0, 0), 2, 3)).map((x) => (x - 2) / 3);
  const moment = (power: number) => drawn.reduce((sum, x) => sum + x ** power, 0) / drawn.length;
  // Four standard errors: √(Var(xᵏ)/n), with Var 1, 2, 15 and 96.
  [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]].forEach(([power, expected, variance]) =>
    assertAlmostEquals(moment(power!), expected!, 4 * Math.sqrt(variance! / drawn.length))
  );
});

Deno.test("successive steps and neighbouring streams are uncorrelated", () => {
  const n = 20_000;
  const rows = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([step, stream]) =>
    numbers(() => normal([n], key(11, step!, stream!)))
  );
  rows.forEach((a, i) =>
    rows.slice(0, i).forEach((b) => {
      const correlation = a.reduce((sum, x, k) => sum + x * b[k]!, 0) / n;
      assertLess(Math.abs(correlation), 4 / Math.sqrt(n));
    })
  );
});

Deno.test("a compiled function draws anew at every step, the same as eagerly", () => {
  const folder = Deno.makeTempDirSync();
  const noise = compileFunction(
    (_parameters, _inputs, { seed, step }) => ({
      noise: normal([3], { seed: seed!, step: step!, stream: 5 }),
    }),
    { parameters: {}, inputs: {}, scalars: { seed: "int32", step: "int32" }, folder },
  );
  const drawn = [0, 1, 0].map((step) => [...noise.run({}, { seed: 9, step }).noise!.data as Float32Array]);
  noise.dispose();
  Deno.removeSync(folder, { recursive: true });
  assertEquals(drawn[0], numbers(() => normal([3], key(9, 0, 5))));
  assertEquals(drawn[1], numbers(() => normal([3], key(9, 1, 5))));
  assertEquals(drawn[0], drawn[2]);
  assertNotEquals(drawn[0], drawn[1]);
});
