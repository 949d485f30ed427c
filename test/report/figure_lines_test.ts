import { assert, assertMatch } from "@std/assert";
import { takePen } from "../../lib/report/figure.ts";
import { learningCurvesFigure } from "../../lib/report/figure_learning_curves.ts";
import { linesFigure } from "../../lib/report/figure_lines.ts";
import { lineThrough } from "../../lib/shift/line_through.ts";
import { normalCdf } from "../../lib/stats/normal.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();
const words = { question: "Does it turn?", id: "at home", ood: "elsewhere", dots: "Dots are models." };

/** Models on a line of some slope in probits, two seeds of five sizes. */
function models(slope: number, through: "models" | "means") {
  const runs = [0, 1].map((seed) => ({
    points: [0.2, 0.5, 0.8, 1.1, 1.4].map((x, size) => ({
      id: normalCdf(x + 0.05 * seed),
      ood: normalCdf(0.3 + slope * x + 0.04 * ((size + seed) % 2)),
      fitted: seed === 1 && size === 4 ? 0.5 : 1,
    })),
  }));
  return lineThrough(runs, { through, fitted: 0.99, resamples: 50, seed: 0 });
}

Deno.test("linesFigure() draws the line and the wrong lines, and says their slopes", async () => {
  const { title, caption, svg } = linesFigure(pen, words, {
    clean: [{ noise: "0", found: models(0.6, "means") }],
    noisy: [
      { noise: "0.2", found: models(-0.4, "means") },
      { noise: "human, worse", found: models(-0.1, "models") },
    ],
  });
  assertMatch(title, /\?$/);
  assertMatch(
    caption,
    /None wrong: slope 0\.60, r = 1\.00\. 20 % wrong: slope −0\.42, r = −1\.00\. human, worse/,
  );
  assertMatch(caption, /3 models that do not fit their training labels are left out/);
  await assertGolden("lines.svg", svg);
});

Deno.test("linesFigure() of models without a line has no NaN", () => {
  const none = lineThrough([{ points: [{ id: 0.6, ood: 0.5, fitted: 0 }] }], {
    through: "models",
    fitted: 0.99,
    resamples: 5,
    seed: 0,
  });
  const { caption, svg } = linesFigure(pen, words, {
    clean: [{ noise: "0", found: none }],
    noisy: [{ noise: "0.2", found: none }],
  });
  assert(!/NaN|Infinity/.test(svg));
  assertMatch(caption, /None wrong: no line\. 20 % wrong: no line\./);
});

Deno.test("learningCurvesFigure() says what more data does", async () => {
  const curves = (change: number) =>
    [0, 0.02, -0.02].map((offset) => ({
      points: [40, 80, 160].map((size, place) => ({
        size,
        id: 0.7 + 0.1 * place + offset,
        ood: 0.65 + change * place + offset,
      })),
    }));
  const { caption, svg } = learningCurvesFigure(pen, curves(0.03), curves(-0.05));
  assertMatch(
    caption,
    /Clean labels: from 40 to 160 examples accuracy goes from 0\.70 to 0\.90 as in training/,
  );
  assertMatch(caption, /One label in five wrong: .* from 0\.65 to 0\.55 under the shift/);
  await assertGolden("learning_curves.svg", svg);
});
