import { assertMatch } from "@std/assert";
import { takePen } from "../../lib/report/figure.ts";
import { captionProbesFigure } from "../../lib/report/figure_caption_probes.ts";
import { membershipAttackFigure } from "../../lib/report/figure_membership_attack.ts";
import { privacyReferenceFigure } from "../../lib/report/figure_privacy_reference.ts";
import { privateLossesFigure } from "../../lib/report/figure_private_losses.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();

Deno.test("captionProbesFigure() draws every seed, and tells apart what is not private", async () => {
  const probes = (full: number, ...few: number[]) =>
    [0, 0.01, -0.01].map((shift) => ({ full: full + shift, shots: few.map((one) => one + shift) }));
  const { title, caption, svg } = captionProbesFigure(pen, [
    { name: "pixels", kind: "baseline", probes: probes(0.15, 0.06, 0.12) },
    { name: "DP-MAE, ε = 8", kind: "peer", probes: probes(0.16, 0.06, 0.13) },
    { name: "captioner, ε = 8", kind: "captioner", probes: probes(0.2, 0.09, 0.17) },
    { name: "as if 10 × the batch", kind: "imitation", probes: probes(0.22, 0.1, 0.175) },
  ], [1, 10]);
  assertMatch(title, /\?$/);
  assertMatch(caption, /captioner, ε = 8 20\.0 %/);
  assertMatch(caption, /is not private/);
  await assertGolden("caption_probes.svg", svg);
});

Deno.test("privateLossesFigure() draws runs of different ε, and an imitation beside its model", async () => {
  const falling = (end: number) => Array.from({ length: 40 }, (_, step) => end + 2 * Math.exp(-step / 8));
  const curve = (name: string, colour: string, end: number, imitates = false) => ({
    name,
    colour,
    imitates,
    losses: [falling(end), falling(end + 0.02)],
  });
  const eight = curve("ε = 8", "#1f86d1", 0.9);
  const { caption, svg } = privateLossesFigure(
    pen,
    [curve("ε = 2", "#d9650f", 1.1), eight, curve("ε = ∞", "#3d9a50", 0.6)],
    [eight, curve("a quarter of both", "#8a5fc4", 0.91, true)],
  );
  assertMatch(caption, /ε = 2 ends at 1\.1/);
  await assertGolden("private_losses.svg", svg);
});

Deno.test("membershipAttackFigure() draws attacks beneath what ε allows", async () => {
  const shares = Array.from({ length: 21 }, (_, index) => index / 20);
  const { caption, svg } = membershipAttackFigure(
    pen,
    [
      {
        name: "ε = ∞",
        colour: "#3d9a50",
        falsePositive: shares,
        truePositive: shares.map((x) => x ** 0.8),
        auc: 0.556,
      },
      { name: "ε = 8", colour: "#1f86d1", falsePositive: shares, truePositive: shares, auc: 0.5 },
    ],
    [2, 8],
    1e-4,
  );
  assertMatch(caption, /ε = ∞ 0\.556, ε = 8 0\.500; guessing has 0\.5/);
  await assertGolden("membership_attack.svg", svg);
});

Deno.test("privacyReferenceFigure() sorts runs by noise, and says where the total amount of noise fails", async () => {
  const { caption, svg } = privacyReferenceFigure(pen, [
    { rate: 0.005, noise: 0.7, steps: 5000, delta: 1e-8, foundRenyi: 8, foundLosses: 7.3, tan: 4 },
    { rate: 0.01, noise: 4, steps: 10_000, delta: 1e-5, foundRenyi: 1.04, foundLosses: 0.95, tan: 1.2 },
  ]);
  assertMatch(caption, /at most 0\.70 more/);
  assertMatch(caption, /up to 2\.0 times too little/);
  await assertGolden("privacy_reference.svg", svg);
});
