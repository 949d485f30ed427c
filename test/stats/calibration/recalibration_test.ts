import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { expectedCalibrationError } from "../../../lib/stats/calibration/errors.ts";
import { ForecastError, forecastsAt, pooled, topLabels } from "../../../lib/stats/calibration/forecasts.ts";
import { fitPlatt } from "../../../lib/stats/calibration/platt.ts";
import { binned, fitScalingBinning } from "../../../lib/stats/calibration/scaling_binning.ts";
import { negativeLogLikelihood } from "../../../lib/stats/calibration/scores.ts";
import { atTemperature, fitTemperature } from "../../../lib/stats/calibration/temperature.ts";
import { madeUp } from "./made_up.ts";

const wide = { least: 0.01, most: 20, tolerance: 1e-9 };

Deno.test("fitTemperature() finds SciPy's minimum, and says where the paper's interval cuts it off", () => {
  assertAlmostEquals(fitTemperature(madeUp(60, 2, .5), wide).temperature, 7.219424113792251, 1e-6);
  assertAlmostEquals(fitTemperature(madeUp(60, 3, .5), wide).temperature, 3.9453255003365646, 1e-6);
  assertEquals(fitTemperature(madeUp(60, 2, .5)), { temperature: 5, clipped: true });
  const within = fitTemperature(madeUp(60, 3, .5));
  assert(!within.clipped && Math.abs(within.temperature - 3.9453255) < 1e-4);
});

Deno.test("fitTemperature() sharpens to the end of the interval where every forecast comes true", () => {
  const forecasts = madeUp(60, 3, .5);
  const certain = { ...forecasts, labels: topLabels(forecasts).predicted };
  assertEquals(fitTemperature(certain), { temperature: 0.01, clipped: true });
});

Deno.test("a temperature changes no prediction, and lowers the likelihood's cost where it was fitted", () => {
  const forecasts = madeUp(60, 3, .5);
  const scaled = atTemperature(forecasts, fitTemperature(forecasts).temperature);
  assertEquals(topLabels(scaled).predicted, topLabels(forecasts).predicted);
  assert(negativeLogLikelihood(scaled) < negativeLogLikelihood(forecasts));
});

Deno.test("fitPlatt() finds the curve of scikit-learn's logistic regression with C = 1e10", () => {
  for (
    const [classes, slope, intercept] of [
      [2, 0.14279237167720985, 0.3478925028123315],
      [3, 0.38263943377361176, -0.45800381368920334],
    ] as const
  ) {
    const { probabilities, labels } = madeUp(60, classes, .5);
    const scores = Float64Array.from(labels, (_, row) => {
      const share = probabilities[row * classes]!;
      return Math.log(share / (1 - share));
    });
    const curve = fitPlatt(scores, Float64Array.from(labels, (label) => label === 0 ? 1 : 0));
    assertAlmostEquals(curve.slope, slope, 1e-5);
    assertAlmostEquals(curve.intercept, intercept, 1e-5);
  }
});

Deno.test("fitPlatt() fits the base rate where scores are constant, and ends where they part the events", () => {
  const { intercept, slope } = fitPlatt([1, 1, 1, 1], [1, 1, 1, 0]);
  assertAlmostEquals(intercept + slope, Math.log(3), 1e-6);
  const steep = fitPlatt([-1, -2, 1, 2], [0, 0, 1, 1]);
  assert(Number.isFinite(steep.slope) && steep.slope > 10);
});

// By the authors' own uncertainty-calibration 0.1.4, PlattBinnerMarginalCalibrator with 10 bins.
const references = {
  2: { first: [0.67059279, 0.32940721], eighth: [0.60455464, 0.39544536], error: 0.05829145140243301 },
  3: {
    first: [0.5733134, 0.23269761, 0.27403367],
    eighth: [0.35491999, 0.39206146, 0.24608895],
    error: 0.18735122193710435,
  },
};

for (const classes of [2, 3] as const) {
  Deno.test(`scaling-binning of ${classes} classes is that of its authors' program, divided by its sum`, () => {
    const after = binned(madeUp(45, classes, 1.1), fitScalingBinning(madeUp(60, classes, .5), { bins: 10 }));
    const { first, eighth, error } = references[classes];
    for (const [row, expected] of [[0, first], [7, eighth]] as const) {
      const sum = expected.reduce((total, share) => total + share, 0);
      expected.forEach((share, place) =>
        assertAlmostEquals(after.probabilities[row * classes + place]!, share / sum, 1e-4) // its curve is fitted to 1e-4
      );
    }
    assertAlmostEquals(expectedCalibrationError(after, 10), error, 1e-4);
  });
}

Deno.test("the quirk of the paper's program flattens every forecast", () => {
  const fitted = fitScalingBinning(madeUp(60, 2, .5), { bins: 10, quirk: true });
  const { confidence } = topLabels(binned(madeUp(45, 2, 1.1), fitted));
  assert(confidence.every((share) => share < 0.74)); // softmax of (1, 0)
});

Deno.test("fewer forecasts than bins are refused, and parts can be taken and joined", () => {
  const forecasts = madeUp(9, 3, 0);
  assertThrows(() => fitScalingBinning(forecasts, { bins: 10 }), ForecastError, "there are 9");
  const [low, high] = [forecastsAt(forecasts, [0, 1, 2, 3]), forecastsAt(forecasts, [4, 5, 6, 7, 8])];
  assertEquals(pooled([low, high]), forecasts);
});
