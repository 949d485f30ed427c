import { assert, assertAlmostEquals } from "@std/assert";
import { dualityGap } from "../../lib/federated/duality.ts";
import { federate } from "../../lib/federated/federate.ts";
import { robustOptimum, weightedOptimum } from "../../lib/federated/robust_optimum.ts";
import type { Regulariser } from "../../lib/federated/regulariser.ts";
import { scaffPd } from "../../lib/federated/scaff_pd.ts";
import { equalWeights } from "../../lib/federated/vector.ts";
import { quad } from "./reference.ts";

Deno.test("the duality gap is nothing at the solution, and positive elsewhere", () => {
  const regulariser = { kind: "chi-squared", rho: 0.1 } as const;
  const { model, weights } = robustOptimum(quad.clients, 10, 0.1);
  assertAlmostEquals(dualityGap(regulariser, quad.clients, model, weights), 0, 1e-12);
  assert(dualityGap(regulariser, quad.clients, weightedOptimum(quad.clients, 10), weights) > 1);
  assert(dualityGap(regulariser, quad.clients, model, equalWeights(5)) > 1);
});

Deno.test("Scaff-PD closes the duality gap of every regulariser", () => {
  const regularisers: readonly Regulariser[] = [
    { kind: "entropy", rho: 1 },
    { kind: "value-at-risk", alpha: 0.5 },
    { kind: "agnostic" },
  ];
  for (const regulariser of regularisers) {
    const method = scaffPd({
      regulariser,
      schedule: { kind: "constant", model: 0.4, weights: 0.03, extrapolation: 1 },
      localSteps: 20,
      corrected: true,
    });
    const plan = { rounds: 300, every: 300, participation: 1, dropOut: 0, seed: 0 };
    const { model, weights } = [...federate(method, quad.problem, plan)].at(-1)!;
    const gap = dualityGap(regulariser, quad.clients, model, weights);
    assertAlmostEquals(gap, 0, 1e-8, regulariser.kind);
  }
});
