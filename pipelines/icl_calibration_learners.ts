/**
 * The learners that are asked in context, each by its own tasks, and the texts that they are asked about.
 *
 * @module
 */
import type { TemplateName } from "../lib/language/icl/templates.ts";
import { misleadGemma3 } from "../tasks/attack/gemma3_demonstrations.ts";
import { misleadOwnModel } from "../tasks/attack/own_model_demonstrations.ts";
import { misleadSmollm2 } from "../tasks/attack/smollm2_demonstrations.ts";
import { askGemma3 } from "../tasks/evaluate/gemma3_answers.ts";
import { askOwnModel } from "../tasks/evaluate/own_model_answers.ts";
import { askSmollm2 } from "../tasks/evaluate/smollm2_answers.ts";
import { loadAgNews } from "../tasks/load/ag_news.ts";
import { loadBbcHeadlines } from "../tasks/load/bbc_headlines.ts";
import { loadBoolq } from "../tasks/load/boolq.ts";
import { loadCb } from "../tasks/load/cb.ts";
import { loadMovieSentences } from "../tasks/load/movie_sentences.ts";
import { loadRte } from "../tasks/load/rte.ts";
import { loadSpamSubjects } from "../tasks/load/spam_subjects.ts";
import { loadSst2 } from "../tasks/load/sst2.ts";
import { loadTrec } from "../tasks/load/trec.ts";

/** The tasks that ask a language model, and that mislead it. */
export const languageModels = {
  smollm2: { ask: askSmollm2, mislead: misleadSmollm2 },
  gemma3: { ask: askGemma3, mislead: misleadGemma3 },
  gguf: { ask: askOwnModel, mislead: misleadOwnModel },
} as const;

/** Texts: how they are loaded, and how they are put to a model. */
export interface Texts {
  /** The task that loads them. */
  readonly load: typeof loadSst2;
  /** The form of the prompt. */
  readonly template: TemplateName;
  /** The longest prompt, in tokens. */
  readonly context: number;
  /** How many different texts there are. */
  readonly size: { readonly train: number; readonly test: number };
}

/** Sentences and headlines take up to about 60 tokens each, pairs and passages up to 400. */
const [short, long] = [1024, 4096];

/** The texts by name. */
export const texts = {
  sst2: { load: loadSst2, template: "sst2", context: short, size: { train: 6909, test: 1821 } },
  movies: { load: loadMovieSentences, template: "sst2", context: short, size: { train: 7396, test: 3170 } },
  trec: { load: loadTrec, template: "trec", context: short, size: { train: 5371, test: 500 } },
  agnews: { load: loadAgNews, template: "agnews", context: 2 * short, size: { train: 5320, test: 2280 } },
  bbc: { load: loadBbcHeadlines, template: "bbc", context: short, size: { train: 1467, test: 629 } },
  spam: { load: loadSpamSubjects, template: "spam", context: short, size: { train: 2600, test: 1115 } },
  rte: { load: loadRte, template: "rte", context: long, size: { train: 2488, test: 277 } },
  cb: { load: loadCb, template: "cb", context: long, size: { train: 250, test: 56 } },
  boolq: { load: loadBoolq, template: "boolq", context: long, size: { train: 2289, test: 981 } },
} as const satisfies Readonly<Record<string, Texts>>;
