/**
 * SCAFFOLD (Karimireddy et al., arXiv 1910.06378): local steps whose bias is corrected, for the mean of the losses.
 *
 * @module
 */
import type { Method } from "./method.ts";
import { scaffPd, type ScaffPdServer } from "./scaff_pd.ts";

/** What SCAFFOLD needs to be told. */
export interface Scaffold {
  /** τ·L, with L the problem's smoothness: local steps are τ/J long. */
  readonly step: number;
  /** J. */
  readonly localSteps: number;
}

/**
 * SCAFFOLD as Scaff-PD contains it: all weights stay 1/N, and the control variates (its option I, a gradient at the
 * server's model) are taken anew in every round, in an exchange of their own.
 */
export function scaffold({ step, localSteps }: Scaffold): Method<ScaffPdServer> {
  return scaffPd({
    regulariser: { kind: "none" },
    schedule: { kind: "constant", model: step, weights: 1, extrapolation: 0 },
    localSteps,
    corrected: true,
  }, "SCAFFOLD");
}
