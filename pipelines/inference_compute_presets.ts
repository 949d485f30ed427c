/**
 * The sizes at which trading inference-time compute for robustness is reproduced.
 *
 * @module
 */
import type { Goal } from "../lib/attack/language/goals.ts";
import type { SoftTokens } from "../lib/attack/language/soft_tokens.ts";
import type { PresetName } from "../lib/dag/pipeline.ts";
import type { Layout } from "../lib/data/arithmetic.ts";
import type { ArithmeticWorld } from "../lib/data/arithmetic_training.ts";
import type { ComputeGrid } from "../lib/evaluate/arithmetic_robustness.ts";
import type { Votes } from "../lib/evaluate/arithmetic_votes.ts";
import type { ArithmeticNet } from "../lib/train/arithmetic.ts";
import type { Recipe } from "../lib/train/recipe.ts";

/** What a preset says. */
export interface InferenceComputePreset {
  /** The size of what the model reads and writes. */
  readonly layout: Layout;
  /** The model. */
  readonly net: ArithmeticNet;
  /** What stands in its channel in training. */
  readonly world: Omit<ArithmeticWorld, "rule">;
  /** How it is trained. */
  readonly recipe: Omit<Recipe, "seed">;
  /** How many questions are asked. */
  readonly questions: number;
  /** The computes that it answers them with. */
  readonly grid: ComputeGrid;
  /** What attackers want. */
  readonly goals: readonly Goal[];
  /** Copies of the claim that many-shot puts into the channel. */
  readonly shots: readonly number[];
  /** Copies that think-less has: one of the numbers of shots, since it is compared with many-shot of as many. */
  readonly thinkLess: number;
  /** Soft tokens, made for the least loops of the grid and for the most. */
  readonly soft: Omit<SoftTokens, "goal" | "loops" | "seed">;
  /** How votes are taken, on questions with so many copies of the claim. */
  readonly votes: Omit<Votes, "seed"> & { readonly shots: number };
  /** Whether a second model is trained, by a rule that contradicts itself. */
  readonly ambiguous: boolean;
}

const recipe = {
  optimiser: "adamw",
  weightDecay: 0.01,
  beta2: 0.98,
  clip: 1,
  execution: "graph",
  steps: 1100,
  batch: 32,
  learningRate: 4e-3,
  finalLearningRate: 3e-4,
  warmup: 50,
} as const;

const quick: InferenceComputePreset = {
  layout: { slot: 31, passes: 2 },
  net: { width: 64, depth: 1, heads: 8, loops: [2, 3, 4] },
  world: { lookups: 0.5, mentioned: 0.25, right: 1, slips: 0.1 },
  recipe,
  questions: 100,
  grid: { loops: [2, 3, 4], passes: 2 },
  goals: ["42"],
  shots: [1, 2, 3],
  thinkLess: 3,
  soft: { vectors: 4, steps: 60, learningRate: 0.05, count: 50 },
  votes: { votes: [1, 3, 5, 11, 21], loops: 2, shots: 2 },
  ambiguous: false,
};

/** The presets. */
export const inferenceComputePresets: Readonly<Record<PresetName, InferenceComputePreset>> = {
  smoke: {
    ...quick,
    layout: { slot: 21, passes: 1 },
    net: { width: 16, depth: 1, heads: 2, loops: [1, 2] },
    recipe: { ...recipe, steps: 10, batch: 8, warmup: 2 },
    questions: 12,
    grid: { loops: [1, 2], passes: 1 },
    shots: [1, 2],
    thinkLess: 2,
    soft: { ...quick.soft, vectors: 2, steps: 3, count: 6 },
    votes: { votes: [1, 3], loops: 1, shots: 1 },
    ambiguous: true,
  },
  quick,
  laptop: {
    ...quick,
    recipe: { ...recipe, steps: 1600 },
    questions: 200,
    goals: ["42", "plus-one", "times-seven"],
    shots: [1, 2, 3],
    ambiguous: true,
  },
  paper: { ...quick, ambiguous: true },
};
