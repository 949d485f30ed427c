/**
 * The sizes at which the calibration of in-context learning is reproduced.
 *
 * @module
 */
import type { PresetName } from "../lib/dag/pipeline.ts";
import { isOwned } from "../lib/data/sources/folder.ts";
import type { RuleFamily } from "../lib/language/toy/family.ts";
import type { LearnerConfig } from "../lib/language/toy/learner.ts";
import type { Recipe } from "../lib/train/recipe.ts";
import type { languageModels, texts } from "./icl_calibration_learners.ts";

/** A language model and the texts that it is asked about. */
export interface ModelSetting {
  /** The model. */
  readonly model: keyof typeof languageModels;
  /** The texts. */
  readonly data: keyof typeof texts;
}

/** A language model with texts, or the toy learner, which has rules of its own. */
export type StudySetting = ModelSetting | { readonly model: "toy"; readonly data: "rules" };

/** What a preset says. */
export interface IclPreset {
  /** The model that the claims are about, on texts of sentiment. */
  readonly main: StudySetting;
  /** A base model on the same texts, beside the tuned one of `main`. */
  readonly base?: ModelSetting;
  /** Texts of another kind. */
  readonly topics?: ModelSetting;
  /** More texts, for the figures. */
  readonly more: readonly ModelSetting[];
  /** Numbers of demonstrations; the first is 0. */
  readonly shots: readonly number[];
  /** Texts to judge, to calibrate on, and to draw demonstrations from. */
  readonly texts: { readonly test: number; readonly calibration: number; readonly pool: number };
  /** For which numbers of demonstrations they are also drawn with every class as often, on `main`. */
  readonly balanced: readonly number[];
  /** Demonstrations with wrong labels: how many, and which share of them. */
  readonly nuisance: { readonly shots: number; readonly wrong: number };
  /** Misleading demonstrations, beyond the paper: how many, of how many draws, judged by how many texts. */
  readonly attack: { readonly shots: number; readonly tries: number; readonly questions: number };
  /** How often one demonstration is repeated; 0 leaves that out. */
  readonly repeats: number;
  /** The learner whose ideal is known. */
  readonly toy: {
    readonly family: RuleFamily;
    readonly size: LearnerConfig;
    readonly recipe: Omit<Recipe, "seed">;
    readonly shots: readonly number[];
    /** Prompts of one question each, whose errors are independent. */
    readonly single: number;
    /** Prompts of many questions, as the paper measures. */
    readonly prompts: number;
    /** Questions after each of those. */
    readonly questions: number;
  };
  /** Bins of the calibration error, and resamples of its bootstrap and floor. */
  readonly measurement: { readonly bins: number; readonly resamples: number };
}

/**
 * With 4 attributes, sequences of 17 items and a learning rate of 3e-3, which came first, 1,000 steps taught the learner
 * nothing at all: it stayed at a loss of ln 2.
 */
const toy: IclPreset["toy"] = {
  family: { attributes: 3, noise: 0.1 },
  size: { shots: 8, width: 64, depth: 2, heads: 4 },
  recipe: {
    steps: 1200,
    batch: 64,
    optimiser: "adamw",
    learningRate: 1e-3,
    finalLearningRate: 0,
    warmup: 100,
    weightDecay: 0.01,
    beta2: 0.99,
    clip: 1,
    execution: "graph",
  },
  shots: [0, 1, 2, 3, 4, 8],
  single: 2000,
  prompts: 100,
  questions: 60,
};

const measurement = { bins: 10, resamples: 200 };

/** SST-2 and TREC where the user has them; else texts from packages that are most like them. */
const ownedOr = <A, B>(file: string, owned: A, otherwise: B): A | B =>
  isOwned(`icl/${file}`) ? owned : otherwise;

const quick: IclPreset = {
  main: { model: "smollm2", data: "movies" },
  more: [],
  shots: [0, 1, 2, 8],
  texts: { test: 60, calibration: 50, pool: 400 },
  balanced: [],
  nuisance: { shots: 8, wrong: 0.5 },
  attack: { shots: 2, tries: 3, questions: 12 },
  repeats: 0,
  toy,
  measurement,
};

/** The presets of the calibration of in-context learning. */
export const iclCalibrationPresets: Readonly<Record<PresetName, IclPreset>> = {
  // The toy learner goes the way of the language models: so the whole runs without one.
  smoke: {
    ...quick,
    main: { model: "toy", data: "rules" },
    shots: [0, 1, 2],
    texts: { test: 40, calibration: 20, pool: 40 },
    nuisance: { shots: 2, wrong: 0.5 },
    toy: {
      ...toy,
      size: { shots: 2, width: 16, depth: 1, heads: 2 },
      recipe: { ...toy.recipe, steps: 12, batch: 16, warmup: 2 },
      shots: [0, 1, 2],
      single: 100,
      prompts: 5,
      questions: 20,
    },
    measurement: { bins: 10, resamples: 20 },
  },
  quick,
  get laptop() {
    const sentiment = ownedOr("sst2/stsa.binary.test", "sst2" as const, "movies" as const);
    return {
      ...quick,
      main: { model: "smollm2", data: sentiment },
      base: { model: "gemma3", data: sentiment },
      topics: { model: "smollm2", data: ownedOr("trec/test.txt", "trec" as const, "bbc" as const) },
      shots: [0, 1, 2, 3, 4, 8],
      texts: { test: 100, calibration: 50, pool: 1000 },
      balanced: [4, 8],
      attack: { shots: 4, tries: 4, questions: 16 },
      repeats: 4,
      toy: { ...toy, recipe: { ...toy.recipe, steps: 3000 } },
    } satisfies IclPreset;
  },
  // The paper's data and numbers, on whatever model the user brings: its own are LLaMA-7B to 30B. CoT and its data
  // (StrategyQA, CommonsenseQA, OpenBookQA, WorldTree) are not here.
  paper: {
    ...quick,
    main: { model: "gguf", data: "sst2" },
    topics: { model: "gguf", data: "trec" },
    more: (["agnews", "rte", "cb"] as const).map((data) => ({ model: "gguf", data })),
    shots: [0, 1, 2, 3, 4, 8],
    texts: { test: 300, calibration: 300, pool: 5000 },
    balanced: [2, 4, 8],
    attack: { shots: 4, tries: 20, questions: 50 },
    repeats: 4,
    toy: { ...toy, recipe: { ...toy.recipe, steps: 10_000 }, prompts: 1000 },
    measurement: { bins: 10, resamples: 1000 },
  },
};
