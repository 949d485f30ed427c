import { assert, assertMatch } from "@std/assert";
import { takePen } from "../../lib/report/figure.ts";
import { climbsFigure } from "../../lib/report/figure_climbs.ts";
import { corruptionFigure } from "../../lib/report/figure_corruption.ts";
import { cosinesFigure } from "../../lib/report/figure_cosines.ts";
import { landscapeFigure } from "../../lib/report/figure_landscape.ts";
import { probesFigure } from "../../lib/report/figure_probes.ts";
import { spectraFigure } from "../../lib/report/figure_spectra.ts";
import { turningFigure } from "../../lib/report/figure_turning.ts";
import { matrix64 } from "../../lib/tensor/linalg64.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();

Deno.test("spectraFigure() draws the singular values of each class at σ⁺ and below", async () => {
  const { title, caption, svg } = spectraFigure(pen, {
    of: "features of an ascent",
    spectra: [[2.8, 2.8, 0], [2.4, 2.4, 2.4, 0, 0]],
    peaks: [2.8, 2.4],
    ranks: [2, 3],
  });
  assertMatch(title, /\?$/);
  assertMatch(caption, /The ranks are 2, 3, together 5/);
  await assertGolden("spectra.svg", svg);
});

Deno.test("cosinesFigure() draws a picture for each set of tokens", async () => {
  const cosines = matrix64([[1, 0.5, 0], [0.5, 1, 0.1], [0, 0.1, 1]]);
  const { caption, svg } = cosinesFigure([
    { name: "ascent", cosines, cross: { mean: 0.05, largest: 0.1 } },
    { name: "network", cosines, cross: { mean: 0.0123, largest: 0.1 } },
  ]);
  assertMatch(caption, /ascent: 0\.050; network: 0\.012/);
  await assertGolden("cosines.svg", svg);
});

Deno.test("landscapeFigure() gathers points that would lie on each other and counts every one", async () => {
  const { caption, svg } = landscapeFigure(pen, [
    { verdict: "maximum", value: 0.5, largestCurvature: 1e-9 },
    { verdict: "maximum", value: 0.5, largestCurvature: -1e-9 },
    { verdict: "saddle", value: 0.2, largestCurvature: 0.05 },
    { verdict: "unconverged", value: 0.1, largestCurvature: 0.01 },
  ]);
  assertMatch(caption, /Of 4 critical points from random starts 2 are local maxima/);
  assertMatch(
    caption,
    /1 have a direction of positive curvature, 0 contradict the theorem and 1 did not converge/,
  );
  await assertGolden("landscape.svg", svg);
});

Deno.test("turningFigure() draws where a direction is worth nothing", async () => {
  const shares = Array.from({ length: 10 }, (_, index) => (index + 1) / 10);
  const { caption, svg } = turningFigure(pen, {
    classes: [2, 10],
    shares,
    curves: [shares.map((share) => 1 - share / 0.87), shares.map((share) => 0.9 * (1 - share / 0.89))],
    turns: [0.87, 0.89],
  });
  assertMatch(caption, /falls below zero at 0\.870, 0\.890 of λ_max/);
  await assertGolden("turning.svg", svg);
});

Deno.test("climbsFigure() draws F over steps beside the global optimum", async () => {
  const climb = (end: number) =>
    Array.from({ length: 100 }, (_, step) => end * (1 - 0.9 ** step) - 1 / (step + 1));
  const { caption, svg } = climbsFigure(pen, [
    { name: "even", values: [climb(10), climb(10)], globalValue: 10 },
    { name: "uneven", values: [climb(9), climb(9.5)], globalValue: 11 },
  ]);
  assertMatch(caption, /uneven: 8\.990 to 9\.490 of 11\.000/);
  await assertGolden("climbs.svg", svg);
});

Deno.test("probesFigure() draws three classifiers of two networks", async () => {
  const probes = (share: number) => ({
    nearestSubspace: share,
    nearestNeighbours: share - 0.01,
    linearProbe: share + 0.01,
  });
  const { caption, svg } = probesFigure(pen, {
    reduction: [probes(0.96), probes(0.94)],
    crossEntropy: [probes(0.97)],
  });
  assertMatch(caption, /nearest subspace on rate reduction 95\.0 %/);
  assert(!/NaN|Infinity/.test(svg));
  await assertGolden("probes.svg", svg);
});

Deno.test("corruptionFigure() draws accuracy over corruption", async () => {
  const { caption, svg } = corruptionFigure(pen, "MNIST", [0, 0.5], [
    { name: "rate reduction", accuracies: [[0.97, 0.96], [0.6, 0.62]] },
    { name: "cross-entropy", accuracies: [[0.97, 0.97], [0.5, 0.54]] },
  ]);
  assertMatch(caption, /At 50 % corrupted: rate reduction 61\.0 %, cross-entropy 52\.0 %\./);
  await assertGolden("corruption.svg", svg);
});
