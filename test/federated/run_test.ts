import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FederationError } from "../../lib/federated/errors.ts";
import { measureApproach } from "../../lib/federated/approach_metrics.ts";
import { costTo, linearRate, polynomialRate } from "../../lib/federated/convergence.ts";
import { meanOfWorst, measureFairness } from "../../lib/federated/fairness.ts";
import { bytesOf, trajectoryOf } from "../../lib/federated/run.ts";
import { drawSyntheticClient } from "../../lib/federated/synthetic.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { clientLosses } from "../../tasks/evaluate/client_losses.ts";
import { distanceToOptimum } from "../../tasks/evaluate/distance_to_optimum.ts";
import { robustOptimum } from "../../tasks/evaluate/robust_optimum.ts";
import { trainFedAvg } from "../../tasks/train/fedavg.ts";
import { trainScaffPd } from "../../tasks/train/scaff_pd.ts";
import { run } from "../tasks/run.ts";

const objective = { kind: "least-squares", ridge: 0.1 } as const;
const plan = { rounds: 120, every: 1, participation: 1, dropOut: 0, seed: 0 };
const clients = [0, 1, 2, 3].map((client) =>
  drawSyntheticClient({ client, targets: "numbers", dimension: 5, examples: 40, shift: client + 1, seed: 0 })
);
const robust = {
  regulariser: { kind: "chi-squared", rho: 0.5 },
  schedule: { kind: "constant", model: 0.4, weights: 0.03, extrapolation: 0.98 },
  localSteps: 5,
  corrected: true,
} as const;

Deno.test("a federation is trained, kept, measured against the optimum, and its clients' losses with it", async () => {
  const found = await run(trainScaffPd, { objective, plan, ...robust }, { clients });
  const kept = Checkpoint.decode(Checkpoint.encode(found));
  const { method, moments } = trajectoryOf(kept);
  assertEquals([method, moments.length], ["Scaff-PD", 121]);
  assertEquals(bytesOf(moments[1]!.traffic), 8 * 4 * (2 * 5 + 1 + 2 * 5));

  const optimum = await run(robustOptimum, { objective, rho: 0.5 }, { clients });
  const average = await run(trainFedAvg, { objective, plan, step: 0.4, localSteps: 5 }, { clients });
  const [near, far] = [
    await run(distanceToOptimum, {}, { runs: [kept], optimum }),
    await run(distanceToOptimum, {}, { runs: [average], optimum }),
  ];
  assert(near.at100 as number < -8 && far.at100 as number > -2);
  assert((near.linear as { straightness: number }).straightness > 0.9);
  assert((near.near as { rounds: number }).rounds < 100);
  assertEquals(far.near, null);
  assertAlmostEquals(far.gapShare as number, 1, 0.2);
  const best = await run(distanceToOptimum, {}, { runs: [average, kept], optimum });
  assertEquals([best.method, best.tried], ["Scaff-PD", 2]);

  const losses = await run(clientLosses, { objective }, { run: kept, clients });
  assertAlmostEquals(losses.worst as number, optimum.worst as number, 1e-5);
});

Deno.test("a step that is too long is an error that says so", async () => {
  await assertRejects(
    () =>
      run(trainFedAvg, { objective, plan: { ...plan, rounds: 2000 }, step: 50, localSteps: 1 }, { clients }),
    FederationError,
    "FedAvg diverged by round",
  );
});

Deno.test("trajectoryOf() refuses what is not a federation's", () => {
  assertThrows(
    () => trajectoryOf({ about: { network: "tost" }, tensors: {} }),
    FederationError,
    "has network",
  );
});

Deno.test("rates are those of the curves they are measured on", () => {
  const rounds = Array.from({ length: 200 }, (_, round) => round);
  const geometric = { rounds, distances: rounds.map((round) => 1 - 0.1 * round) };
  assertAlmostEquals(linearRate(geometric, 100)!.slope, -0.1, 1e-12);
  assertAlmostEquals(linearRate(geometric, 100)!.straightness, 1, 1e-12);
  const square = { rounds, distances: rounds.map((round) => -2 * Math.log10(Math.max(1, round))) };
  assertAlmostEquals(polynomialRate(square, 10)!.slope, -2, 1e-12);
  assertEquals(linearRate({ rounds, distances: rounds.map(() => 3) }, 100), null);
  assertEquals(linearRate({ rounds: [0, 1], distances: [0, -1] }, 100), null);
});

Deno.test("costTo() is what it took the first time", () => {
  const moments = [0, 1, 2, 3].map((round) => ({
    round,
    model: new Float64Array(1),
    weights: new Float64Array(1),
    traffic: { exchanges: 2 * round, up: 3 * round, down: round },
  }));
  const trajectory = { method: "m", settings: {}, moments };
  const approach = { rounds: [0, 1, 2, 3], distances: [1, -3, -9, -8.5] };
  assertEquals(costTo(trajectory, approach, -8), { rounds: 2, exchanges: 4, bytes: 64 });
  assertEquals(costTo(trajectory, approach, -10), null);
});

Deno.test("measureApproach() of a run at the optimum has finite numbers", () => {
  const about = { method: "m", settings: {}, rounds: [0] };
  const zero = { dtype: "float64", shape: [1, 1], data: Float64Array.of(0) } as const;
  const traffic = { dtype: "float64", shape: [1, 3], data: Float64Array.of(0, 0, 0) } as const;
  const metrics = measureApproach([{ about, tensors: { models: zero, weights: zero, traffic } }], {
    robust: Float64Array.of(0),
    average: Float64Array.of(1),
    gap: 1,
  });
  assertEquals([metrics.last, metrics.linear, metrics.lastToAverage], [-300, null, 0]);
});

Deno.test("the worst 20 % are rounded up to whole clients", () => {
  assertEquals(meanOfWorst([0.9, 0.1, 0.5, 0.7, 0.3]), 0.1);
  assertAlmostEquals(meanOfWorst([0.9, 0.1, 0.5, 0.7, 0.3, 0.8]), 0.2, 1e-15);
});

Deno.test("measureFairness() gives curves of the mean and of the worst clients", () => {
  const client = (target: number) => ({
    count: 1,
    dimension: 1,
    features: Float64Array.of(1),
    targets: Float64Array.of(target),
  });
  const moment = (round: number, model: Float64Array<ArrayBuffer>) => ({
    round,
    model,
    weights: new Float64Array(5),
    traffic: { exchanges: round, up: round, down: round },
  });
  const moments = [moment(0, Float64Array.of(0, 1)), moment(2, Float64Array.of(1, 0))];
  const clients = [0, 0, 0, 0, 1].map(client);
  const metrics = measureFairness({ method: "m", settings: {}, moments }, clients);
  assertAlmostEquals((metrics.mean as number[])[0]!, 0.2, 1e-15);
  assertAlmostEquals((metrics.mean as number[])[1]!, 0.8, 1e-15);
  assertEquals([metrics.worst, metrics.rounds, metrics.bytes], [[0, 0], [0, 2], [0, 32]]);
});
