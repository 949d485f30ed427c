/**
 * Step sizes of Scaff-PD: constant ones for losses and regularisers that are strongly convex (Condition 5.2), and
 * accelerated ones where the weights have no regulariser (Condition 5.1).
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Problem } from "./problem.ts";

const Positive = Schema.Finite.check(Schema.isGreaterThan(0));

/** How steps are chosen. The model's are in units of 1/L, L being the problem's smoothness. */
export const Schedule = Schema.Union([
  Schema.Struct({
    kind: Schema.Literal("constant"),
    /** τ·L. */
    model: Positive,
    /** σ. */
    weights: Positive,
    /** θ: how far losses are extrapolated. */
    extrapolation: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })),
  }),
  Schema.Struct({
    kind: Schema.Literal("accelerated"),
    /** τ_0·L. */
    model: Positive,
    /** γ_0 = σ_0/τ_0. */
    ratio: Positive,
  }),
]);

/** How steps are chosen. */
export type Schedule = typeof Schedule.Type;

/** The steps of one round. */
export interface Steps {
  /** τ: the model's. */
  readonly model: number;
  /** σ: the weights'. */
  readonly weights: number;
  /** θ: how far the losses are extrapolated. */
  readonly extrapolation: number;
}

/** The steps of the first round. */
export function firstSteps(schedule: Schedule, { smoothness }: Problem): Steps {
  const model = schedule.model / smoothness;
  return schedule.kind === "constant"
    ? { model, weights: schedule.weights, extrapolation: schedule.extrapolation }
    : { model, weights: schedule.ratio * model, extrapolation: 1 };
}

/**
 * The steps of the round after. Accelerated ones, with γ = σ/τ: `γ' = γ (1 + μ_x τ)`, `τ' = τ √(γ/γ')`, `σ' = γ' τ'` and
 * `θ' = σ/σ'`. Their product στ stays what it is.
 *
 * @param schedule How steps are chosen.
 * @param before The steps of the round before.
 * @param problem Whose μ_x is taken.
 */
export function nextSteps(schedule: Schedule, before: Steps, { convexity }: Problem): Steps {
  if (schedule.kind === "constant") return before;
  const growth = 1 + convexity * before.model;
  const model = before.model / Math.sqrt(growth);
  const weights = before.weights * Math.sqrt(growth);
  return { model, weights, extrapolation: before.weights / weights };
}
