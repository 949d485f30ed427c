import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { chiSquare } from "../../lib/data/chi_square.ts";
import reference from "../shift/reference.json" with { type: "json" };

const { degrees, quantiles, distance } = reference.chiSquare;

Deno.test("chiSquare() follows SciPy's distribution functions", () => {
  degrees.forEach((degree, row) => {
    const draws = chiSquare({ seed: 7, stream: `test ${degree}` }, new Array(4000).fill(degree));
    [0.1, 0.25, 0.5, 0.75, 0.9].forEach((share, place) => {
      const below = draws.filter((draw) => draw <= quantiles[row]![place]!).length / 4000;
      assertAlmostEquals(below, share, distance, `${degree} degrees of freedom at ${share}`);
    });
  });
});

Deno.test("chiSquare() gives each place a number of its own, whatever else is drawn", () => {
  const key = { seed: 1, stream: "test" };
  const all = chiSquare(key, [1, 7, 7, 100]);
  assertEquals(chiSquare(key, [1, 7]), all.slice(0, 2));
  assertEquals(chiSquare(key, [3, 7])[1], all[1]);
  assertNotEquals(all[1], all[2]);
  assertNotEquals(chiSquare({ ...key, seed: 2 }, [1])[0], all[0]);
  assert(all.every((draw) => draw > 0));
});
