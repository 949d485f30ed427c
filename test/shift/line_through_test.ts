import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { normal } from "../../lib/data/random.ts";
import { lineStatistic, lineThrough } from "../../lib/shift/line_through.ts";
import { TooFewPoints } from "../../lib/stats/line.ts";
import { normalCdf } from "../../lib/stats/normal.ts";

const options = { through: "models", fitted: 0.99, resamples: 500, seed: 0 } as const;

/** One-model runs scattered around a line of slope −½ in probits. */
function scattered(count: number) {
  const z = normal({ seed: 1, stream: "points" }, 2 * count);
  return Array.from({ length: count }, (_, i) => {
    const x = 0.8 + 0.3 * z[2 * i]!;
    return {
      points: [{ id: normalCdf(x), ood: normalCdf(0.4 - 0.5 * x + 0.05 * z[2 * i + 1]!), fitted: 1 }],
    };
  });
}

Deno.test("lineThrough() finds the slope, and an interval around it that narrows with more models", () => {
  const width = (count: number) => {
    const { slope } = lineThrough(scattered(count), options).line!;
    assert(slope.low! < -0.5 && -0.5 < slope.high!, `${slope.low} to ${slope.high}`);
    return slope.high! - slope.low!;
  };
  const [few, many] = [width(40), width(640)];
  assert(many < few / 2.5, `${few}, ${many}`);
});

Deno.test("lineThrough() leaves out and counts models that do not fit their labels", () => {
  const runs = scattered(20);
  const lazy = { points: [{ id: 0.99, ood: 0.99, fitted: 0.98 }] };
  const { dropped, models, line } = lineThrough([...runs, lazy, lazy], options);
  assertEquals([dropped, models.length], [2, 20]);
  assertAlmostEquals(line!.slope.value, lineThrough(runs, options).line!.slope.value, 1e-12);
});

Deno.test("lineThrough() of means goes through one point for each kind of model", () => {
  const runs = [[0.6, 0.7, 0.8], [0.62, 0.74, 0.84]].map((ids) => ({
    points: ids.map((id, place) => ({ id, ood: 0.9 - id / 2, ...(place === 2 ? { fitted: 0.5 } : {}) })),
  }));
  const { through, dropped } = lineThrough(runs, { ...options, through: "means" });
  assertEquals(through.map(({ id }) => id), [0.61, 0.72]);
  assertEquals(dropped, 2);
});

Deno.test("lineThrough() has no line through one point, and lineStatistic() says why", () => {
  const found = lineThrough([{ points: [{ id: 0.5, ood: 0.5 }, { id: 0.6, ood: 0.5, fitted: 0 }] }], options);
  assertEquals(found.line, null);
  assertThrows(
    () => lineStatistic(JSON.parse(JSON.stringify(found)), "slope"),
    TooFewPoints,
    "1 models fit their training labels and 1 do not",
  );
});

Deno.test("lineStatistic() has no bounds where one run leaves them open", () => {
  const found = lineThrough([{ points: [{ id: 0.5, ood: 0.5 }, { id: 0.6, ood: 0.7 }] }], options);
  const { low, high, n } = lineStatistic(JSON.parse(JSON.stringify(found)), "correlation");
  assertEquals([low, high, n], [-Infinity, Infinity, 1]);
});
