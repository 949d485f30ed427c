/**
 * The calibration of in-context learning (arXiv 2312.04021): a few demonstrations make a language model more accurate, and
 * surer than it is right.
 *
 * This file is the method; the sizes are in `icl_calibration_presets.ts`, what is claimed in `icl_calibration_claims.ts`,
 * and how one learner is studied in `icl_calibration_study.ts`.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { askToyLearner } from "../tasks/evaluate/toy_answers.ts";
import { calibrationVectors } from "../tasks/evaluate/calibration_vectors.ts";
import { compareSmollm2Choices } from "../tasks/evaluate/smollm2_choices.ts";
import { toyCalibration } from "../tasks/evaluate/toy_calibration.ts";
import { drawDemonstrations } from "../tasks/load/demonstrations.ts";
import { loadTemplatedReviews } from "../tasks/load/templated_reviews.ts";
import { drawConfidence } from "../tasks/present/confidence.ts";
import { drawRecalibration } from "../tasks/present/recalibration.ts";
import { drawReliability } from "../tasks/present/reliability.ts";
import { drawShots } from "../tasks/present/shots.ts";
import { drawToyLearner } from "../tasks/present/toy_learner.ts";
import { trainToyLearner } from "../tasks/train/toy_learner.ts";
import { iclClaims } from "./icl_calibration_claims.ts";
import { iclCalibrationPresets } from "./icl_calibration_presets.ts";
import { sizesOf } from "./icl_calibration_sizes.ts";
import { nuisances, recalibratedStudy, study, toyNuisances } from "./icl_calibration_study.ts";

/** The calibration of in-context learning: data → demonstrations → corrupt → attack → evaluate → claims. */
export const iclCalibration = pipeline({
  name: "icl-calibration",
  about: "In-context learning: a few demonstrations raise accuracy, and confidence more.",
  paper: {
    title: "A Study on the Calibration of In-context Learning",
    authors: "Zhang, Zhang, Chen, Kapoor, Awadalla, Ahmed, Zhang, Du, Kakade",
    arxiv: "2312.04021",
    year: 2023,
  },
  presets: iclCalibrationPresets,
  seeds: { smoke: 1, paper: 5 },
  build: ({ preset, name, seeds }) => {
    const { toy, measurement } = preset;

    // A learner whose ideal is known: a small transformer that is trained to learn hidden rules in context.
    const toyLearners = seeds.map((seed) =>
      trainToyLearner({ family: toy.family, size: toy.size, ...toy.recipe, seed }, {})
    );
    const judgedToy = (prompts: number, questions: number) =>
      toy.shots.map((shots) =>
        toyLearners.map((model, index) =>
          toyCalibration(measurement, {
            answers: askToyLearner(
              { shots, prompts, questions, wrong: 0, part: "test", seed: seeds[index]! },
              { model },
            ),
          })
        )
      );
    const [single, prompts] = [judgedToy(toy.single, 1), judgedToy(toy.prompts, toy.questions)];

    // The paper's protocol: demonstrations are drawn, questions are frozen, answers are judged and recalibrated.
    const work = { preset, seeds, toy: toyLearners[0]! };
    const main = recalibratedStudy(preset.main, work);
    const base = preset.base === undefined ? undefined : recalibratedStudy(preset.base, work);
    const topics = preset.topics === undefined ? undefined : study(preset.topics, work);
    const more = preset.more.map((setting) => study(setting, work));
    const studies = [main, base, topics, ...more].filter((one) => one !== undefined);

    // Demonstrations with wrong labels, and (beyond the paper) some that are chosen to mislead.
    const spoilt = preset.main.model === "toy"
      ? toyNuisances(toyLearners[0]!, preset, seeds)
      : nuisances(preset.main, preset, seeds);

    // Two ways of reading the labels' probabilities, on made-up texts.
    const reviews = (count: number, seed: number) => loadTemplatedReviews({ count, seed }, {});
    const choices = preset.main.model === "smollm2"
      ? compareSmollm2Choices({ template: "sst2", context: 512 }, {
        demonstrations: drawDemonstrations({ shots: 4, balanced: true, seed: 0 }, { data: reviews(40, 0) }),
        questions: reviews(8, 1),
      })
      : undefined;

    const judged = studies.flatMap(({ cells }) => cells.map((cell) => cell.judged));
    const { cells } = main;
    return {
      figures: [
        drawShots({}, { judged }),
        drawReliability({}, { judged: cells.map((cell) => cell.judged) }),
        drawRecalibration({}, {
          judged: cells.map((cell) => cell.judged),
          zero: cells.map(({ recalibrated }) => recalibrated.zero),
          shots: cells.map(({ recalibrated }) => recalibrated.shots),
          prompt: cells.map(({ recalibrated }) => recalibrated.prompt),
        }),
        drawConfidence({}, { judged }),
        drawToyLearner({}, { prompts: prompts.flat(), single: single.flat() }),
      ],
      claims: iclClaims({
        main,
        ...(base === undefined ? {} : { base }),
        ...(topics === undefined ? {} : { topics }),
        spoilt,
        toy: { shots: toy.shots, single, prompts },
        vectors: calibrationVectors({}, {}),
        ...(choices === undefined ? {} : { choices }),
      }, { preset, name }),
      sizes: sizesOf(preset, seeds),
      // Without a claim, but of interest: what balanced demonstrations do.
      also: spoilt.balanced,
    };
  },
});
