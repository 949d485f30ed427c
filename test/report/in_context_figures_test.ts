import { assertMatch, assertStringIncludes } from "@std/assert";
import { takePen } from "../../lib/report/figure.ts";
import { recalibrationFigure } from "../../lib/report/figure_recalibration.ts";
import { reliabilityFigure } from "../../lib/report/figure_reliability.ts";
import { confidenceFigure, shotsFigure } from "../../lib/report/figure_shots.ts";
import { toyLearnerFigure } from "../../lib/report/figure_toy_learner.ts";
import type { JudgedAnswers } from "../../lib/report/in_context.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();

/** Answers of two bins: 30 of about 0.6, 10 of about 0.9. */
const answers = (model: string, shots: number, error: number): JudgedAnswers => ({
  model,
  data: "reviews",
  shots,
  count: 40,
  accuracy: 0.6 + shots / 40,
  error,
  floor: { mean: 0.07, high: 0.12 },
  labelConfidence: 0.4 + shots / 30,
  entropy: 0.6 - shots / 40,
  bins: [0, 0, 0, 0, 0, 30, 0, 0, 10, 0].map((count, place) => ({
    count,
    confidence: count === 0 ? 0 : place / 10 + 0.1,
    accuracy: count === 0 ? 0 : place / 10 + 0.1 - error,
  })),
});

const judged = [
  answers("model A", 0, 0.05),
  ...[1, 2, 4, 8].flatMap((shots) =>
    [0, 0.02].map((more) => answers("model A", shots, 0.2 - shots / 80 + more))
  ),
  ...[0, 1, 2, 4, 8].map((shots) => answers("model B", shots, 0.1)),
];

Deno.test("shotsFigure() draws learners, chance and the published numbers, and says where errors peak", async () => {
  const { title, caption, svg } = shotsFigure(pen, judged);
  assertMatch(title, /\?$/);
  assertStringIncludes(
    caption,
    "model A on reviews: the calibration error is 0.05 after 0, greatest at 0.20 after 1 and 0.11 after 8",
  );
  assertStringIncludes(svg, "LLaMA-30B on SST-2, as published");
  await assertGolden("in_context_shots.svg", svg);
});

Deno.test("confidenceFigure() says how confidence and entropy move", async () => {
  const { caption, svg } = confidenceFigure(pen, judged);
  assertStringIncludes(
    caption,
    "between 1 and 8 demonstrations confidence goes from 0.43 to 0.67, entropy from",
  );
  await assertGolden("in_context_confidence.svg", svg);
});

Deno.test("reliabilityFigure() says on which side answers are, with what chance alone does", async () => {
  const main = judged.filter(({ model }) => model === "model A");
  const { caption, svg } = reliabilityFigure(pen, main);
  assertStringIncludes(caption, "After 0 they are surer than right, by 5 points.");
  assertStringIncludes(svg, "0 shown: error 0.05, chance 0.07");
  await assertGolden("in_context_reliability.svg", svg);
});

Deno.test("recalibrationFigure() draws three ways of fitting, and says where temperatures were cut off", async () => {
  const main = judged.filter(({ model }) => model === "model A");
  const after = (temperature: number, binning: number, clipped: boolean) =>
    main.map(({ error }) => ({
      raw: { error },
      temperature: { error: temperature * error, temperature: clipped ? 5 : 2, clipped },
      scalingBinning: { error: binning * error },
    }));
  const { caption, svg } = recalibrationFigure(pen, main, {
    zero: after(1.2, 0.9, true),
    shots: after(0.8, 0.6, false),
    prompt: after(0.7, 0.5, false),
  });
  assertStringIncludes(caption, "from 0.01 to 5, which cuts 9 of 27 off");
  assertMatch(
    caption,
    /Fitted after the same, the mean error goes from 0\.\d+ to 0\.\d+ by temperature scaling/,
  );
  await assertGolden("in_context_recalibration.svg", svg);
});

Deno.test("toyLearnerFigure() draws both ways of measuring, and counts what lies within chance", async () => {
  const row = (shots: number, ofPrompts: number, error: number) => ({
    shots,
    learner: { error: error + 0.01, errorOfPrompts: ofPrompts + 0.01, floor: { mean: 0.01, high: 0.02 } },
    ideal: { error, errorOfPrompts: ofPrompts, floor: { mean: 0.01, high: 0.02 } },
    distance: 0.03,
  });
  const rows = [row(0, 0.09, 0.01), row(1, 0.15, 0.015), row(2, 0.14, 0.03), row(8, 0.07, 0.01)];
  const { caption, svg } = toyLearnerFigure(pen, rows, rows);
  assertStringIncludes(caption, "0.090 without demonstrations, 0.150 after 1 and 0.070 after 8");
  assertStringIncludes(caption, "3 of 4 such errors lie within chance");
  await assertGolden("toy_learner.svg", svg);
});
