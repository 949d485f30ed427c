/**
 * Recorded claims: the judged claims that a run's record holds.
 *
 * @module
 */
import type { RunRecord } from "../dag/record.ts";
import type { Judged } from "./verdict.ts";

/** The judged claims of a run. The engine, which knows nothing of claims, keeps them as JSON. */
export function recordedClaims(run: Pick<RunRecord, "claims">): readonly Judged[] {
  return run.claims as unknown as readonly Judged[];
}
