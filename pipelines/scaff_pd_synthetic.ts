/**
 * Federations of made-up clients, whose robust optimum is known: Section 6.1 of Scaff-PD.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import { clientLosses } from "../tasks/evaluate/client_losses.ts";
import { distanceToOptimum } from "../tasks/evaluate/distance_to_optimum.ts";
import { dualityGap } from "../tasks/evaluate/duality_gap.ts";
import { robustOptimum } from "../tasks/evaluate/robust_optimum.ts";
import { syntheticClient } from "../tasks/load/synthetic_client.ts";
import { trainDrfa } from "../tasks/train/drfa.ts";
import { trainFedAvg } from "../tasks/train/fedavg.ts";
import { trainScaffPd } from "../tasks/train/scaff_pd.ts";
import { trainScaffold } from "../tasks/train/scaffold.ts";
import { everyone, type ScaffPdPreset, type Synthetic } from "./scaff_pd_presets.ts";

/** How clients may fail to be there, beyond the paper. */
const absences = {
  half: { participation: 0.5, dropOut: 0 },
  dropping: { participation: 1, dropOut: 0.2 },
} as const;

/** Draws a federation, solves it, and lets every method at it. */
export function syntheticFederation(
  { clients: count, shift, rho, step, dualStep, targets, dimension, examples, objective }: Synthetic,
  preset: ScaffPdPreset,
  seed: number,
) {
  // One node a client: another seed, or another shift, of one client makes that client's data again and no other's.
  const clients = Array.from({ length: count }, (_, client) =>
    syntheticClient({
      client,
      targets,
      dimension,
      examples,
      shift: client === 0 ? shift.first : shift.rest,
      seed,
    }, {}));
  const optimum = robustOptimum({ objective, rho }, { clients });

  const { localSteps, rounds, drfa } = preset;
  const plan = { rounds, every: 1, ...everyone, seed };
  const training = { objective, plan };
  const regulariser = { kind: "chi-squared", rho } as const;
  // The penalty is ρN-strongly convex: θ = 1/(1 + ρNσ), Condition 5.2.
  const extrapolation = 1 / (1 + rho * count * dualStep);
  const schedule = { kind: "constant", model: step, weights: dualStep, extrapolation } as const;
  const scaffPd = (local: number, corrected: boolean, who: { participation: number; dropOut: number }) =>
    trainScaffPd({
      objective,
      plan: { ...plan, ...who },
      regulariser,
      schedule,
      localSteps: local,
      corrected,
    }, { clients });

  const runs = {
    scaffPd: scaffPd(localSteps, true, everyone),
    uncorrected: scaffPd(localSteps, false, everyone),
    single: scaffPd(1, true, everyone),
    half: scaffPd(localSteps, true, absences.half),
    dropping: scaffPd(localSteps, true, absences.dropping),
    fedAvg: trainFedAvg({ ...training, step, localSteps }, { clients }),
    scaffold: trainScaffold({ ...training, step, localSteps }, { clients }),
  };
  const settingsOfDrfa = drfa.steps.flatMap((length) =>
    drfa.dualShares.map((share) =>
      trainDrfa({
        ...training,
        regulariser,
        step: length,
        localSteps,
        dualStep: share * dualStep / localSteps,
        decay: 1,
        floor: 0,
      }, { clients })
    )
  );
  const distance = (...nodes: readonly Node<typeof Checkpoint>[]) =>
    distanceToOptimum({}, { runs: nodes, optimum });
  return {
    clients,
    optimum,
    losses: {
      scaffPd: clientLosses({ objective }, { run: runs.scaffPd, clients }),
      fedAvg: clientLosses({ objective }, { run: runs.fedAvg, clients }),
    },
    distances: {
      scaffPd: distance(runs.scaffPd),
      uncorrected: distance(runs.uncorrected),
      single: distance(runs.single),
      half: distance(runs.half),
      dropping: distance(runs.dropping),
      fedAvg: distance(runs.fedAvg),
      scaffold: distance(runs.scaffold),
      drfa: distance(...settingsOfDrfa),
    },
    // The bias of local steps, for each number of them: with the correction, and without.
    biased: preset.biased.map((local) => ({
      corrected: distance(scaffPd(local, true, everyone)),
      uncorrected: distance(scaffPd(local, false, everyone)),
    })),
  };
}

/** A federation of made-up clients, with all that was measured on it. */
export type SyntheticFederation = ReturnType<typeof syntheticFederation>;

/** Strengths of the penalty between the worst client alone and the average of all. */
export const strengths = { worst: 0, weak: 1e-3, strong: 1e3, stronger: 1e4 } as const;

/** The robust optima of a federation at very weak and very strong penalties, and the way to the former without one. */
export function extremes(
  { objective, clients: count }: Synthetic,
  { clients }: Pick<SyntheticFederation, "clients">,
  { accelerated, localSteps }: ScaffPdPreset,
  seed: number,
) {
  const at = (rho: number) => robustOptimum({ objective, rho }, { clients });
  const worst = at(strengths.worst);
  const run = trainScaffPd({
    objective,
    plan: { rounds: accelerated.rounds, every: 1, ...everyone, seed },
    regulariser: { kind: "agnostic" },
    schedule: { kind: "accelerated", model: accelerated.step, ratio: accelerated.ratio },
    localSteps,
    corrected: true,
  }, { clients });
  return {
    worst,
    weak: at(strengths.weak),
    strong: at(strengths.strong),
    stronger: at(strengths.stronger),
    accelerated: distanceToOptimum({}, { runs: [run], optimum: worst }),
    clients: count,
  };
}

/** Regularisers besides the χ² penalty, with the names that claims give them. */
const others = {
  entropy: { kind: "entropy", rho: 1 },
  valueAtRisk: { kind: "value-at-risk", alpha: 0.5 },
  agnostic: { kind: "agnostic" },
} as const;

/** How near Scaff-PD comes to a solution with other regularisers, by the duality gap. */
export function otherRegularisers(
  { objective, step, dualStep }: Synthetic,
  { clients }: Pick<SyntheticFederation, "clients">,
  { rounds, localSteps }: ScaffPdPreset,
  seed: number,
) {
  const gap = (regulariser: typeof others[keyof typeof others]) =>
    dualityGap({ objective, regulariser }, {
      run: trainScaffPd({
        objective,
        plan: { rounds, every: rounds, ...everyone, seed },
        regulariser,
        schedule: { kind: "constant", model: step, weights: dualStep, extrapolation: 1 },
        localSteps,
        corrected: true,
      }, { clients }),
      clients,
    });
  return {
    entropy: gap(others.entropy),
    valueAtRisk: gap(others.valueAtRisk),
    agnostic: gap(others.agnostic),
  };
}

/** The duality gaps with other regularisers. */
export type OtherRegularisers = ReturnType<typeof otherRegularisers>;

/** Optima at the extremes of the penalty. */
export type Extremes = ReturnType<typeof extremes>;
