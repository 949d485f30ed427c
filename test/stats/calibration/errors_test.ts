import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  adaptiveCalibrationError,
  classwiseCalibrationError,
  equalParts,
  expectedCalibrationError,
  reliabilityBins,
} from "../../../lib/stats/calibration/errors.ts";
import { calibrationFloor } from "../../../lib/stats/calibration/floor.ts";
import { ForecastError, type Forecasts } from "../../../lib/stats/calibration/forecasts.ts";
import {
  accuracyOf,
  brierScore,
  meanConfidence,
  meanEntropy,
  negativeLogLikelihood,
} from "../../../lib/stats/calibration/scores.ts";
import { madeUp } from "./made_up.ts";

/** Forecasts of two classes by confidence and whether they came true. */
const twoClasses = (confidence: readonly number[], correct: readonly number[]): Forecasts => ({
  classes: 2,
  probabilities: Float64Array.from(confidence.flatMap((share) => [share, 1 - share])),
  labels: Int32Array.from(correct, (one) => 1 - one),
});

Deno.test("expectedCalibrationError() is that of the reference vector, with bins closed at the right", () => {
  const vector = twoClasses(
    [.95, .92, .85, .81, .65, .62, .55, .55, .75, .99],
    [1, 0, 1, 1, 0, 1, 0, 1, 1, 1],
  );
  for (const [bins, error] of [[5, .064], [10, .182], [15, .194]] as const) {
    assertAlmostEquals(expectedCalibrationError(vector, bins), error, 1e-9);
  }
  const edge = reliabilityBins(twoClasses([.8, .800001], [1, 1]), 10);
  assertEquals([edge[7]!.count, edge[8]!.count], [1, 1]);
});

// By NumPy, scikit-learn 1.x and, for the calibration error, uncertainty-calibration 0.1.4 and netcal 1.4.0.
const references = {
  2: {
    expected: 0.27176186567605337,
    classwise: 0.3040954818050947,
    adaptive: 0.2840655032418352,
    likelihood: 1.0864576889089332,
    brier: 0.653207908005771,
    entropy: 0.32964089118856355,
    confidence: 0.8641759418598387,
  },
  3: {
    expected: 0.20777887411466625,
    classwise: 0.2023662030924537,
    adaptive: 0.2013860972876227,
    likelihood: 1.41405427660033,
    brier: 0.6893493128320992,
    entropy: 0.569204977067877,
    confidence: 0.7720432012249638,
  },
};

for (const classes of [2, 3] as const) {
  Deno.test(`calibration errors and scores of ${classes} classes are those of other programs`, () => {
    const forecasts = madeUp(60, classes, .5);
    const found = {
      expected: expectedCalibrationError(forecasts, 10),
      classwise: classwiseCalibrationError(forecasts, 10),
      adaptive: adaptiveCalibrationError(forecasts, 10),
      likelihood: negativeLogLikelihood(forecasts),
      brier: brierScore(forecasts),
      entropy: meanEntropy(forecasts),
      confidence: meanConfidence(forecasts),
    };
    for (const [name, value] of Object.entries(references[classes])) {
      assertAlmostEquals(found[name as keyof typeof found], value, 1e-12);
    }
    assertAlmostEquals(accuracyOf(forecasts), .6, 1e-12);
  });
}

Deno.test("equalParts() cuts as NumPy's array_split does", () => {
  assertEquals(equalParts([0, 1, 2, 3, 4, 5, 6], 3), [[0, 1, 2], [3, 4], [5, 6]]);
});

Deno.test("calibrationFloor() is the mean absolute deviation of a binomial share where there is one bin", () => {
  // 40 forecasts of 0.8: E|X/40 − 0.8| for X ~ Bin(40, 0.8), by SciPy.
  const forecasts = twoClasses(new Array(40).fill(.8), new Array(40).fill(1));
  const { mean, high } = calibrationFloor(forecasts, 10, { count: 4000, seed: 1 });
  assertAlmostEquals(mean, 0.049914, 0.001);
  assert(high > mean && high <= 0.15);
  // It does not look at what came true.
  const others = { ...forecasts, labels: new Int32Array(40) };
  assertEquals(
    calibrationFloor(others, 10, { count: 50, seed: 1 }),
    calibrationFloor(forecasts, 10, { count: 50, seed: 1 }),
  );
});

Deno.test("an error of no forecasts is refused", () => {
  assertThrows(() => expectedCalibrationError(twoClasses([], []), 10), ForecastError);
});
