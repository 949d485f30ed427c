/**
 * One study: a learner, asked about some texts after 0 to 8 demonstrations, judged as it answers and after recalibration.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { labelNoise } from "../tasks/corrupt/label_noise.ts";
import { permutedLabels } from "../tasks/corrupt/permuted_labels.ts";
import { repeatedExamples } from "../tasks/corrupt/repeated_examples.ts";
import { calibration } from "../tasks/evaluate/calibration.ts";
import { recalibration } from "../tasks/evaluate/recalibration.ts";
import { askToyLearner } from "../tasks/evaluate/toy_answers.ts";
import { drawDemonstrations } from "../tasks/load/demonstrations.ts";
import { languageModels, texts } from "./icl_calibration_learners.ts";
import type { IclPreset, ModelSetting, StudySetting } from "./icl_calibration_presets.ts";

type Measured = Node<typeof Metrics>;
type Data = Node<typeof Dataset>;

/** What is measured after one draw of demonstrations. */
export interface Cell {
  /** How many demonstrations. */
  readonly shots: number;
  /** The seed of the draw. */
  readonly seed: number;
  /** The answers as they are. */
  readonly judged: Measured;
}

/** What is measured after one draw of demonstrations, of answers as they are and after recalibration. */
export interface RecalibratedCell extends Cell {
  /** Fitted on questions without demonstrations, after other draws of as many, and after the very same ones. */
  readonly recalibrated: { readonly zero: Measured; readonly shots: Measured; readonly prompt: Measured };
}

/** A study of one learner on some texts. */
export interface Study<C extends Cell = Cell> {
  /** The learner and the texts. */
  readonly setting: StudySetting;
  /** The draws: one without demonstrations, and one a seed for each number of them. */
  readonly cells: readonly C[];
}

/** What a study is made with. */
export interface StudyWork {
  /** The preset. */
  readonly preset: IclPreset;
  /** The seeds of the draws. */
  readonly seeds: readonly number[];
  /** The toy learner, which only its own study asks. */
  readonly toy: Node<typeof Checkpoint>;
}

/** Makes a study of answers as they are. */
export function study(setting: StudySetting, work: StudyWork): Study {
  const ask = asking(setting, work);
  return {
    setting,
    cells: drawsOf(work).map((draw) => ({
      ...draw,
      judged: calibration(work.preset.measurement, { answers: ask(draw, "test") }),
    })),
  };
}

/** Makes a study that also recalibrates, for which more questions are asked. */
export function recalibratedStudy(setting: StudySetting, work: StudyWork): Study<RecalibratedCell> {
  const { preset: { measurement } } = work;
  const ask = asking(setting, work);
  const draws = drawsOf(work).map((draw) => ({
    ...draw,
    test: ask(draw, "test"),
    known: ask(draw, "calibration"),
  }));
  const cells = draws.map(({ shots, seed, test, known }) => {
    const alike = draws.filter((other) => other.shots === shots);
    const others = alike.filter((other) => other.seed !== seed);
    const fitted = (fit: readonly Data[]) => recalibration(measurement, { answers: test, fit });
    return {
      shots,
      seed,
      judged: calibration(measurement, { answers: test }),
      recalibrated: {
        zero: fitted([draws[0]!.known]),
        shots: fitted((others.length > 0 ? others : alike).map((other) => other.known)),
        prompt: fitted([known]),
      },
    };
  });
  return { setting, cells };
}

interface Draw {
  readonly shots: number;
  readonly seed: number;
}

function drawsOf({ preset, seeds }: StudyWork): readonly Draw[] {
  return preset.shots.flatMap((shots) =>
    (shots === 0 ? seeds.slice(0, 1) : seeds).map((seed) => ({ shots, seed }))
  );
}

/** Asks the questions that are judged, or those that recalibration is fitted on, after the same demonstrations. */
type Ask = (draw: Draw, part: "test" | "calibration") => Data;

function asking(setting: StudySetting, { preset, toy }: StudyWork): Ask {
  if (setting.model === "toy") {
    return ({ shots, seed }, part) =>
      askToyLearner(
        { shots, prompts: 1, questions: preset.texts[part], wrong: 0, part, seed },
        { model: toy },
      );
  }
  const { ask, asking, pool, ...questions } = materials(setting, preset);
  return ({ shots, seed }, part) => {
    const demonstrations = drawDemonstrations({ shots, balanced: false, seed }, { data: pool });
    return ask(asking, { demonstrations, questions: questions[part] });
  };
}

/**
 * The texts of a language model's study, in parts without a text in common, and the task that asks. Where there are fewer
 * texts than the preset wants, a quarter of them is for calibration and the rest for demonstrations.
 */
function materials({ model, data }: ModelSetting, preset: IclPreset) {
  const { load, template, context, size } = texts[data];
  const { questions } = preset.attack;
  const test = Math.min(preset.texts.test, size.test);
  const calibration = Math.min(preset.texts.calibration, Math.floor(size.train / 4));
  const pool = Math.min(preset.texts.pool, size.train - calibration - questions);
  return {
    ...languageModels[model],
    asking: { template, context },
    test: load({ split: "test", count: test, skip: 0, seed: 0 }, {}), // frozen, as the paper's
    calibration: load({ split: "train", count: calibration, skip: 0, seed: 0 }, {}),
    pool: load({ split: "train", count: pool, skip: calibration, seed: 0 }, {}),
    attacked: load({ split: "train", count: questions, skip: calibration + pool, seed: 0 }, {}),
  };
}

/** Answers after demonstrations that are not as they should be, a node a seed. */
export interface Nuisances {
  /** A share of the demonstrations' labels is wrong. */
  readonly wrong: readonly Measured[];
  /** Every class has the next one's label. */
  readonly permuted: readonly Measured[];
  /** The demonstrations are chosen to mislead. */
  readonly misled: readonly Measured[];
  /** One demonstration, over and over; none where the preset leaves it out. */
  readonly repeated: readonly Measured[];
  /** Every class comes as often, for each number of demonstrations that the preset names. */
  readonly balanced: readonly Measured[];
}

/** Asks a language model after demonstrations with wrong labels, chosen to mislead, repeated, and balanced. */
export function nuisances(setting: ModelSetting, preset: IclPreset, seeds: readonly number[]): Nuisances {
  const { ask, mislead, asking, pool, test, attacked } = materials(setting, preset);
  const { nuisance, attack, repeats, measurement } = preset;
  const judged = (demonstrations: Data) =>
    calibration(measurement, { answers: ask(asking, { demonstrations, questions: test }) });
  const drawn = (shots: number, seed: number, balanced = false) =>
    drawDemonstrations({ shots, balanced, seed }, { data: pool });
  const { shots, tries } = attack;
  return {
    wrong: seeds.map((seed) =>
      judged(labelNoise({ rate: nuisance.wrong, seed }, { data: drawn(nuisance.shots, seed) }))
    ),
    permuted: seeds.map((seed) => judged(permutedLabels({}, { data: drawn(nuisance.shots, seed) }))),
    misled: seeds.map((seed) =>
      judged(mislead({ ...asking, shots, tries, seed }, { pool, questions: attacked }))
    ),
    repeated: repeats === 0
      ? []
      : seeds.map((seed) => judged(repeatedExamples({ times: repeats }, { data: drawn(1, seed) }))),
    balanced: preset.balanced.flatMap((count) => seeds.map((seed) => judged(drawn(count, seed, true)))),
  };
}

/** The nuisances of the toy learner: wrong labels, of which all are wrong at the most. */
export function toyNuisances(
  model: Node<typeof Checkpoint>,
  preset: IclPreset,
  seeds: readonly number[],
): Nuisances {
  const { nuisance: { shots, wrong }, texts: { test }, measurement } = preset;
  const judged = (share: number) =>
    seeds.map((seed) =>
      calibration(measurement, {
        answers: askToyLearner(
          { shots, prompts: 1, questions: test, wrong: share, part: "test", seed },
          { model },
        ),
      })
    );
  return { wrong: judged(wrong), permuted: judged(1), misled: [], repeated: [], balanced: [] };
}
