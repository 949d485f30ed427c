/**
 * The sizes at which trading inference-time compute for robustness is reproduced.
 *
 * @module
 */
import type { Gcg } from "../lib/attack/language/gcg.ts";
import type { Goal } from "../lib/attack/language/goals.ts";
import type { LlamaSoftTokens } from "../lib/attack/language/llama_soft_tokens.ts";
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
  /** Attacks that ask the model about each content that they try, where they are made. */
  readonly adaptive?: {
    /** How many questions they are made for. */
    readonly questions: number;
    /** Contents that search tries, for the answer and for long thinking. */
    readonly queries: number;
    /** Greedy coordinate gradient. */
    readonly gcg: Omit<Gcg, "goal" | "loops" | "seed">;
  };
  /** Whether these sizes take a GPU. */
  readonly gpu?: true;
  /** SmolLM2, where it is attacked. */
  readonly languageModel?: {
    /** Made-up reviews that it labels. */
    readonly questions: number;
    /** Labelled reviews that it is shown before each. */
    readonly shots: number;
    /** Copies of the claim that prompt injection puts behind a review. */
    readonly copies: number;
    /** Soft tokens, with its gradients. */
    readonly soft: Omit<LlamaSoftTokens, "seed">;
  };
}

const recipe = {
  optimiser: "adamw",
  weightDecay: 0.01,
  beta2: 0.98,
  clip: 1,
  execution: "graph",
  steps: 1300,
  batch: 32,
  learningRate: 4e-3,
  finalLearningRate: 3e-4,
  warmup: 50,
} as const;

/**
 * How the world of training came about. What never succeeds cannot fall: an attack has to succeed somewhere before compute
 * can be seen to help, so the world was chosen by the accuracy without attack and by the success of copies of the claim at
 * the least compute. What more compute, or more copies, make of it was seen of one seed and decided nothing, since the
 * other worlds had 4 % at most. Thresholds are what they were.
 *
 * A statement about the question that stood anywhere in a quarter of the channels, and was wrong one time in five, taught
 * the model to add and not to read its channel, and so did statements that are always right (three channels in ten). Where
 * three quarters of the channels began with a right one, it learned to copy and, in 650 steps, not to add. In half of the
 * channels, and a word in front of the others, it learns both. Statements that are wrong one time in ten undo that: it then
 * reads nothing, with three quarters of the channels and 2,000 steps as well.
 */
const quick: InferenceComputePreset = {
  layout: { slot: 31, passes: 2 },
  net: { width: 64, depth: 1, heads: 8, loops: [2, 3, 4] },
  world: { mentioned: 0.5, right: 1, slips: 0.1 },
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
    adaptive: { questions: 6, queries: 2, gcg: { steps: 1, candidates: 4, top: 4 } },
  },
  quick,
  laptop: {
    ...quick,
    recipe: { ...recipe, steps: 2000 },
    questions: 200,
    goals: ["42", "plus-one", "times-seven"],
    ambiguous: true,
    adaptive: { questions: 40, queries: 100, gcg: { steps: 20, candidates: 64, top: 32 } },
    languageModel: {
      questions: 60,
      shots: 2,
      copies: 1,
      soft: { vectors: 4, steps: 40, learningRate: 0.01, count: 3 },
    },
  },
  // The paper's models, o1-preview and o1-mini, are not published. This is the workbench's model at the sizes that the
  // reconstruction names: up to 32 copies of the claim, 4 passes of thinking and 16 loops.
  paper: {
    ...quick,
    layout: { slot: 330, passes: 4 },
    net: { width: 128, depth: 2, heads: 8, loops: [1, 2, 4, 8, 16] },
    recipe: {
      ...recipe,
      steps: 50_000,
      batch: 256,
      learningRate: 1e-3,
      finalLearningRate: 1e-4,
      warmup: 500,
    },
    questions: 400,
    grid: { loops: [1, 2, 4, 8, 16], passes: 4 },
    goals: ["42", "plus-one", "times-seven"],
    shots: [1, 2, 4, 8, 16, 32],
    thinkLess: 32,
    soft: { vectors: 16, steps: 200, learningRate: 0.05, count: 400 },
    ambiguous: true,
    adaptive: { questions: 400, queries: 1000, gcg: { steps: 100, candidates: 64, top: 32 } },
    gpu: true,
  },
};
