import { assert, assertEquals, assertMatch } from "@std/assert";
import { costOf, timeRatio } from "../../lib/evaluate/scaling.ts";
import { apart, beside, type Compared, escaped, figure, takePen } from "../../lib/report/figure.ts";
import { type Accuracy, accuracyFigure, type MeanAccuracy } from "../../lib/report/figure_accuracy.ts";
import { membershipsFigure } from "../../lib/report/figure_memberships.ts";
import { scalingFigure } from "../../lib/report/figure_scaling.ts";
import { rowsOf } from "../../lib/kinds/table.ts";
import { summarise } from "../../lib/stats/summary.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();

Deno.test("scalingFigure() draws two panels with slopes", async () => {
  const tokens = [512, 1024, 2048, 4096];
  const rounds = (cost: (n: number) => number) => tokens.map((n) => [0.98, 1, 1.03].map((x) => x * cost(n)));
  const [linear, quadratic] = [rounds((n) => 4e-7 * n), rounds((n) => 4e-9 * n ** 2)];
  const { title, caption, svg } = scalingFigure(pen, {
    tokens,
    heads: 4,
    width: 64,
    tssa: costOf(tokens, linear, tokens.map((n) => 1024 * n)),
    softmax: costOf(tokens, quadratic, tokens.map((n) => 16 * n ** 2)),
    ratio: { tokens: 4096, time: timeRatio(quadratic[3]!, linear[3]!) },
  });
  assertMatch(title, /\?$/);
  assertMatch(caption, /n\^1\.00 for TSSA and as n\^2\.00 for softmax/);
  assertMatch(caption, /At 4,096 tokens softmax attention takes 41 times as long and holds 64 times as much/);
  await assertGolden("scaling.svg", svg);
});

/** Draws accuracies by condition and network, one for each seed. */
async function drawAccuracies(
  given: Readonly<Record<string, Readonly<Record<Compared, readonly number[]>>>>,
) {
  const rows = Object.entries(given).flatMap(([condition, networks]) =>
    (["tost", "softmax"] as const).flatMap((network) =>
      networks[network].map((accuracy) => ({ network, condition, accuracy, data: "MNIST" }))
    )
  );
  const column = (name: keyof Accuracy) => rows.map((row) => row[name]);
  const table = {
    columns: {
      network: column("network"),
      condition: column("condition"),
      accuracy: column("accuracy"),
    },
  };
  const means = rowsOf(await summarise(table, ["condition", "network"], "accuracy"));
  return accuracyFigure(pen, rows, means as unknown as readonly MeanAccuracy[]);
}

Deno.test("accuracyFigure() draws seeds, means and intervals", async () => {
  const { caption, svg } = await drawAccuracies({
    clean: { tost: [0.95, 0.96, 0.97], softmax: [0.96, 0.97, 0.98] },
    attacked: { tost: [0.4, 0.5, 0.6], softmax: [0.3, 0.4, 0.5] },
  });
  assertMatch(caption, /clean: 1\.0 points below; attacked: 10\.0 points above/);
  await assertGolden("accuracy.svg", svg);
});

Deno.test("accuracyFigure() of one seed has no endless intervals", async () => {
  const { svg } = await drawAccuracies({ clean: { tost: [0.9], softmax: [0.8] } });
  assert(!/NaN|Infinity/.test(svg));
});

Deno.test("membershipsFigure() draws images and maps", async () => {
  const { caption, svg } = membershipsFigure({
    images: { data: Uint8Array.from({ length: 2 * 16 }, (_, i) => 8 * i), shape: [2, 4, 4, 1] },
    memberships: {
      untrained: new Float32Array(2 * 2 * 4).fill(0.5),
      trained: Float32Array.from({ length: 2 * 2 * 4 }, (_, i) => (i % 8) < 4 ? i % 4 / 4 : 1 - i % 4 / 4),
    },
    heads: 2,
  });
  assertMatch(caption, /would be 0\.50 everywhere; the darkest patch here is 0\.00, the brightest 1\.00/);
  await assertGolden("memberships.svg", svg);
});

Deno.test("a figure is the same however many were drawn before it", () => {
  const draw = () => pen.draw({ marks: [pen.Plot.line([[0, 0], [1, Math.LN2]])] }).content;
  assertEquals(draw(), draw());
});

Deno.test("figure() says its title to screen readers and escapes it", () => {
  const { svg } = figure('a < b & "c"', "", { content: "", width: 10, height: 5 });
  assertMatch(svg, /aria-label="a &#60; b &#38; &#34;c&#34;"/);
  assertEquals(escaped("plain"), "plain");
});

Deno.test("beside() is as wide as its drawings together and as high as the highest", () => {
  const { width, height } = beside({ content: "", width: 10, height: 5 }, {
    content: "",
    width: 4,
    height: 9,
  });
  assertEquals([width, height], [14, 9]);
});

Deno.test("apart() moves labels only where they would overlap", () => {
  assertEquals(apart([1, 5, 9], 1), [1, 5, 9]);
  assertEquals(apart([3, 2.5, 9, 2.6], 1), [4.5, 2.5, 9, 3.5]);
  assertEquals(apart([], 1), []);
});
