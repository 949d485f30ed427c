import { assertAlmostEquals, assertEquals } from "@std/assert";
import { firstSteps, nextSteps, type Steps } from "../../lib/federated/schedule.ts";

const problem = { clients: [], dimension: 1, smoothness: 2, convexity: 0.5 };

Deno.test("constant steps stay", () => {
  const schedule = { kind: "constant", model: 0.4, weights: 0.03, extrapolation: 0.98 } as const;
  const first = firstSteps(schedule, problem);
  assertEquals(first, { model: 0.2, weights: 0.03, extrapolation: 0.98 });
  assertEquals(nextSteps(schedule, first, problem), first);
});

Deno.test("accelerated steps keep the identities of Theorem 5.1", () => {
  const schedule = { kind: "accelerated", model: 0.4, ratio: 0.03 } as const;
  let steps: Steps = firstSteps(schedule, problem);
  const { model, weights } = steps;
  assertAlmostEquals(weights, 0.03 * model, 1e-16);
  for (let round = 0; round < 1000; round++) {
    const next = nextSteps(schedule, steps, problem);
    // With t = σ/σ_0: t (1/τ + μ) = t'/τ', and σ τ never changes.
    const left = steps.weights / weights * (1 / steps.model + problem.convexity);
    assertAlmostEquals(next.weights / weights / next.model / left, 1, 1e-14);
    assertAlmostEquals(next.weights * next.model / (weights * model), 1, 1e-12);
    assertAlmostEquals(next.extrapolation, steps.weights / next.weights, 1e-15);
    steps = next;
  }
});
