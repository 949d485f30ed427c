import { assert, assertEquals, assertMatch } from "@std/assert";
import { colourOfMethod, methodColours } from "../../lib/report/federated_methods.ts";
import { takePen } from "../../lib/report/figure.ts";
import { clientLossesFigure } from "../../lib/report/figure_client_losses.ts";
import { fairnessFigure, publishedFairness } from "../../lib/report/figure_fairness.ts";
import { robustConvergenceFigure } from "../../lib/report/figure_robust_convergence.ts";
import { trafficFigure } from "../../lib/report/figure_traffic.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();
const rounds = Array.from({ length: 11 }, (_, at) => 10 * at);

Deno.test("robustConvergenceFigure() draws methods and ablations, and says where they end", async () => {
  const falling = (slope: number) => rounds.map((round) => 1 - slope * round);
  const ways = [
    { name: "Scaff-PD", ablation: false, rounds, distances: [falling(0.1), falling(0.12)] },
    {
      name: "Scaff-PD, biased",
      ablation: true,
      rounds,
      distances: [rounds.map(() => -2), rounds.map(() => -2)],
    },
    { name: "FedAvg", ablation: false, rounds, distances: [rounds.map(() => 1), rounds.map(() => 1.2)] },
  ];
  const { title, caption, svg } = robustConvergenceFigure(pen, [
    { name: "Linear", ways },
    { name: "Logistic", ways },
  ]);
  assertMatch(title, /\?$/);
  assertMatch(caption, /Linear: Scaff-PD ends at 10⁻¹⁰, Scaff-PD, biased ends at 10⁻², FedAvg ends at 10¹\./);
  await assertGolden("robust_convergence.svg", svg);
});

Deno.test("clientLossesFigure() says who gains and who pays", async () => {
  const { caption, svg } = clientLossesFigure(pen, [
    { name: "Linear", losses: { "Scaff-PD": [4, 4, 1], FedAvg: [8, 1, 0.5] } },
  ]);
  assertMatch(caption, /the worst client's loss is −50\.0 % against FedAvg's, the mean −5\.3 %/);
  await assertGolden("client_losses.svg", svg);
});

Deno.test("fairnessFigure() puts the paper's numbers beside ours, and leaves out what is not known", async () => {
  const { caption, svg } = fairnessFigure(pen, [publishedFairness, {
    name: "Here: Fashion-MNIST",
    methods: [
      { name: "Scaff-PD, ρ = 0.2", mean: [70, 72, 74], worst: [50, 52, 54] },
      { name: "FedAvg", mean: [71, 73, 75], worst: [30, 34, 38] },
    ],
  }]);
  assertMatch(
    caption,
    /Scaff-PD, ρ = 0\.2 against FedAvg, \+18\.0 points for the worst 20 %, −1\.0 on average/,
  );
  assertMatch(svg, /second-hand/);
  assertMatch(svg, /not quoted/);
  await assertGolden("fairness.svg", svg);
});

Deno.test("fairnessFigure() of one seed has no endless intervals", () => {
  const { svg } = fairnessFigure(pen, [publishedFairness, {
    name: "Here",
    methods: [{ name: "Scaff-PD", mean: [70], worst: [50] }, { name: "FedAvg", mean: [71], worst: [30] }],
  }]);
  assert(!/NaN|Infinity/.test(svg));
});

Deno.test("trafficFigure() says who leads by the round and who by the byte", async () => {
  const course = (name: string, aRound: number, gain: number) => ({
    name,
    rounds,
    bytes: rounds.map((round) => aRound * 1e6 * round),
    worst: [rounds.map((round) => gain * round)],
  });
  const { caption, svg } = trafficFigure(pen, "Fashion-MNIST", [
    course("Scaff-PD", 0.4, 0.6),
    course("FedAvg", 0.2, 0.4),
  ]);
  assertMatch(caption, /After 100 rounds Scaff-PD leads with 60\.0 %; for 20\.0 MB, FedAvg with 40\.0 %\./);
  assertMatch(caption, /Scaff-PD 0\.40, FedAvg 0\.20/);
  await assertGolden("traffic.svg", svg);
});

Deno.test("a variant has the colour of its method", () => {
  assertEquals(colourOfMethod("Scaff-PD, ρ = 0.1"), methodColours["Scaff-PD"]);
  assertEquals(colourOfMethod("anything else"), "currentColor");
});
