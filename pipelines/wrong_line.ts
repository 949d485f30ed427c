/**
 * Accuracy on the wrong line (arXiv 2406.19049): label noise and nuisance features suffice to turn the correlation between
 * accuracy in and out of distribution negative, and more data does not help.
 *
 * This file is the method; the sizes are in `wrong_line_presets.ts`, what is claimed in `wrong_line_claims.ts`. The
 * paper's own constants could not be read: the linear set-up in `lib/shift` follows the structure of the paper's, with
 * statements that are proved there.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import { pipeline } from "../lib/dag/pipeline.ts";
import { isOwned } from "../lib/data/sources/folder.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { gaussianNuisance } from "../tasks/corrupt/gaussian_nuisance.ts";
import { gaussianPixels } from "../tasks/corrupt/gaussian_pixels.ts";
import { humanNoise } from "../tasks/corrupt/human_noise.ts";
import { labelNoise } from "../tasks/corrupt/label_noise.ts";
import { spuriousColour } from "../tasks/corrupt/spurious_colour.ts";
import { accuracyLine } from "../tasks/evaluate/accuracy_line.ts";
import { linearAccuracies } from "../tasks/evaluate/linear_accuracies.ts";
import { nuisanceBound } from "../tasks/evaluate/nuisance_bound.ts";
import { perceptronShift } from "../tasks/evaluate/perceptron_shift.ts";
import { reviewAccuracies } from "../tasks/evaluate/review_accuracies.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { loadFmow } from "../tasks/load/fmow.ts";
import { highDigits } from "../tasks/load/high_digits.ts";
import { linearWorld } from "../tasks/load/linear_world.ts";
import { loadMnist } from "../tasks/load/mnist.ts";
import { loadReviews } from "../tasks/load/reviews.ts";
import { drawAccuracyLines } from "../tasks/present/accuracy_lines.ts";
import { drawLearningCurves } from "../tasks/present/learning_curves.ts";
import { trainMaxMargin } from "../tasks/train/max_margin.ts";
import { trainPerceptron } from "../tasks/train/perceptron.ts";
import { trainReviewClassifier } from "../tasks/train/review_classifier.ts";
import { trainRidge } from "../tasks/train/ridge.ts";
import { wrongLineClaims } from "./wrong_line_claims.ts";
import {
  perceptronRecipe,
  type PerceptronSweep,
  type WrongLinePreset,
  wrongLinePresets,
} from "./wrong_line_presets.ts";

type Measured = Node<typeof Metrics>;

/** The wrong line: data → noise and nuisance → train → shift → line → claims. */
export const wrongLine = pipeline({
  name: "wrong-line",
  about: "With noisy labels and nuisance features, what is more accurate at home is less accurate elsewhere.",
  paper: {
    title: "Accuracy on the wrong line: On the pitfalls of noisy data for out-of-distribution generalisation",
    authors: "Sanyal, Hu, Yu, Ma, Wang, Schölkopf",
    arxiv: "2406.19049",
    year: 2024,
  },
  presets: wrongLinePresets,
  seeds: { smoke: 2, quick: 12, laptop: 24, paper: 24 },
  build: ({ preset, name, seeds }) => {
    const linear = linearExperiment(preset, seeds);
    const digits = colouredDigits(preset);
    const reviews = otherWords(preset);
    const photographs = isOwned("cifar10n-labels.u8.gz") ? noisyPhotographs(preset) : undefined;
    const satellites = laterYears(preset);
    return {
      figures: [
        drawAccuracyLines({
          question: "Do noisy labels turn the line around in a linear world?",
          id: "as in training",
          ood: "under the shift",
          dots: "Small dots are single classifiers, large ones means over seeds, through which the lines go.",
          noise: linear.noisy.map(({ rate }) => String(rate)),
        }, { clean: linear.clean.line, noisy: linear.noisy.map(({ line }) => line) }),
        drawLearningCurves({}, { clean: linear.clean.runs, noisy: linear.byRate(0.2).runs }),
        drawAccuracyLines({
          question: "Do noisy labels turn the line around on Coloured MNIST?",
          id: "colours as in training",
          ood: "colours reversed",
          dots: "Dots are perceptrons of several widths, depths and training sets.",
          noise: digits.noisy.map(({ rate }) => String(rate)),
        }, { clean: digits.clean, noisy: digits.noisy.map(({ line }) => line) }),
        drawAccuracyLines({
          question: "Do noisy labels turn the line around for reviews in other words?",
          id: "movie reviews",
          ood: "products, editorials, tweets",
          dots: "Small dots are single classifiers, large ones means over seeds, through which the lines go.",
          noise: reviews.noisy.map(({ rate }) => String(rate)),
        }, { clean: reviews.clean, noisy: reviews.noisy.map(({ line }) => line) }),
        ...(photographs === undefined ? [] : [
          drawAccuracyLines({
            question: "Do noisy labels, drawn or human, turn the line around on CIFAR-10?",
            id: "clean images",
            ood: "noise on pixels",
            dots: "Dots are perceptrons of several widths, depths and training sets.",
            noise: photographs.noisy.map(({ noise }) => noise),
          }, { clean: photographs.clean, noisy: photographs.noisy.map(({ line }) => line) }),
        ]),
        ...(satellites === undefined ? [] : [
          drawAccuracyLines({
            question: "Do noisy labels turn the line around on satellite images?",
            id: "years before 2013",
            ood: "2016 and 2017",
            dots: "Dots are perceptrons of several widths, depths and training sets.",
            noise: satellites.noisy.map(({ rate }) => String(rate)),
          }, { clean: satellites.clean, noisy: satellites.noisy.map(({ line }) => line) }),
        ]),
      ],
      claims: wrongLineClaims(
        {
          ...{ linear, digits, reviews },
          ...(photographs === undefined ? {} : { photographs }),
          ...(satellites === undefined ? {} : { satellites }),
        },
        { preset, name },
      ),
    };
  },
});

/**
 * The linear world: x = (x_S, x_N), the label is the sign of one signal feature, and a shift moves only the nuisance. Then
 * the same with one condition of the wrong line taken away at a time.
 */
function linearExperiment({ linear, resamples }: WrongLinePreset, seeds: readonly number[]) {
  const { features, nuisance, shift, sizes, rates } = linear;
  const count = Math.max(...sizes);
  const noisyWorld = (rate: number, seed: number) =>
    labelNoise({ rate, seed }, { data: linearWorld({ features, count, seed }, {}) });
  const crowded = (rate: number, seed: number) =>
    gaussianNuisance({ ...nuisance, seed }, { data: noisyWorld(rate, seed) });
  const accuracies = (model: ReturnType<typeof trainRidge>, shifted = shift) =>
    linearAccuracies({ scale: nuisance.scale, shift: shifted }, { model });
  const setting = (run: (seed: number) => Measured) => {
    const runs = seeds.map(run);
    return { runs, line: accuracyLine({ through: "means", fitted: 0, resamples, seed: 0 }, { runs }) };
  };

  const fitting = (rate: number) => ({
    rate,
    ...setting((seed) => accuracies(trainMaxMargin({ sizes }, { data: crowded(rate, seed) }))),
    bounds: seeds.map((seed) => {
      const data = crowded(rate, seed);
      return nuisanceBound({}, { model: trainMaxMargin({ sizes }, { data }), data });
    }),
  });
  const clean = fitting(0);
  const noisy = rates.map(fitting);
  const rate = 0.2;
  const shiftedBy = (s: number) =>
    setting((seed) => accuracies(trainMaxMargin({ sizes }, { data: crowded(rate, seed) }), s));
  const ridge = (penalty: number) =>
    setting((seed) => accuracies(trainRidge({ sizes, penalty }, { data: crowded(rate, seed) })));
  return {
    clean,
    noisy,
    byRate: (wanted: number) => noisy.find(({ rate }) => rate === wanted)!,
    without: {
      interpolation: { weakly: ridge(300), strongly: ridge(1000) },
      // Without a place for the noise, no classifier fits it; a soft margin learns what can be learned.
      nuisance: setting((seed) =>
        accuracies(trainMaxMargin({ sizes, penalty: 1 }, { data: noisyWorld(rate, seed) }))
      ),
      shift: { mostly: shiftedBy(shift / 10), entirely: shiftedBy(0) },
    },
  };
}

/** Coloured MNIST: the colour tells the label in nine images of ten, and in one of ten under the shift. */
function colouredDigits({ digits, resamples }: WrongLinePreset) {
  const grey = (split: "train" | "test", count: number, seed: number) =>
    highDigits({}, { digits: loadMnist({ split, count, seed }, {}) });
  const held = grey("test", digits.test, 0);
  const tests = {
    id: spuriousColour({ agreement: 0.9, seed: 0 }, { data: held }),
    ood: spuriousColour({ agreement: 0.1, seed: 0 }, { data: held }),
  };
  const coloured = (size: number, seed: number) =>
    spuriousColour({ agreement: 0.9, seed: seed + 1 }, { data: grey("train", size, seed) });
  const sweep = (rate: number) =>
    sweepPerceptrons(
      { ...digits, resamples, net: { side: 14, channels: 2, classes: 2 } },
      (size, seed) => labelNoise({ rate, seed }, { data: coloured(size, seed) }),
      tests,
    );
  return { clean: sweep(0), noisy: digits.rates.map((rate) => ({ rate, line: sweep(rate) })) };
}

/** CIFAR-10 with drawn label noise and with that of people; the shift is noise on pixels. */
function noisyPhotographs({ photographs, resamples }: WrongLinePreset) {
  if (photographs === undefined) return undefined;
  const { test, rates, human, witnesses, sigma } = photographs;
  const id = loadCifar10({ split: "test", count: test }, {});
  const tests = { id, ood: gaussianPixels({ sigma, seed: 0 }, { data: id }) };
  const clean = (size: number, seed: number) => loadCifar10({ split: "train", count: size, seed }, {});
  const sweep = (train: (size: number, seed: number) => Node<typeof Dataset>) =>
    sweepPerceptrons(
      { ...photographs, resamples, net: { side: 32, channels: 3, classes: 10 } },
      train,
      tests,
    );
  return {
    clean: sweep(clean),
    noisy: [
      ...rates.map((rate) => ({
        noise: String(rate),
        line: sweep((size, seed) => labelNoise({ rate, seed }, { data: clean(size, seed) })),
      })),
      ...human.map((labels) => ({
        noise: `human, ${labels}`,
        line: sweep((size, seed) =>
          humanNoise({ labels }, {
            data: clean(size, seed),
            witnesses: loadCifar10({ split: "train", count: witnesses }, {}),
          })
        ),
      })),
    ],
  };
}

/** fMoW as WILDS splits it: satellite images of the years before 2013, then those of 2016 and 2017. */
function laterYears({ satellites, resamples }: WrongLinePreset) {
  if (satellites === undefined) return undefined;
  const { side, test, rates } = satellites;
  const tests = {
    id: loadFmow({ part: "test", count: test, seed: 0, side }, {}),
    ood: loadFmow({ part: "shifted", count: test, seed: 0, side }, {}),
  };
  const sweep = (rate: number) =>
    sweepPerceptrons(
      { ...satellites, resamples, net: { side, channels: 3, classes: 62 } },
      (size, seed) =>
        labelNoise({ rate, seed }, { data: loadFmow({ part: "train", count: size, seed, side }, {}) }),
      tests,
    );
  return { clean: sweep(0), noisy: rates.map((rate) => ({ rate, line: sweep(rate) })) };
}

/** Trains perceptrons of every kind on every training set; the line goes through those that fit their labels. */
function sweepPerceptrons(
  { sizes, models, epochs, seeds, net, resamples }: PerceptronSweep & {
    readonly net: { readonly side: number; readonly channels: number; readonly classes: number };
    readonly resamples: number;
  },
  trainingSet: (size: number, seed: number) => Node<typeof Dataset>,
  tests: Readonly<Record<"id" | "ood", Node<typeof Dataset>>>,
) {
  const runs = seeds.flatMap((seed) =>
    sizes.flatMap((size) => {
      const train = trainingSet(size, seed);
      const steps = epochs * Math.floor(size / perceptronRecipe.batch);
      return models.map(({ width, depth, ...rates }) => {
        const model = trainPerceptron(
          { net: { ...net, width, depth }, ...perceptronRecipe, ...rates, steps, seed },
          { data: train },
        );
        return perceptronShift({}, { model, train, ...tests });
      });
    })
  );
  return accuracyLine({ through: "models", fitted: 0.99, resamples, seed: 0 }, { runs });
}

/** A natural shift: the sentiment of movie reviews, then of products, editorials and tweets, from single words. */
function otherWords({ reviews, resamples }: WrongLinePreset) {
  const { sizes, rates, seeds } = reviews;
  const held = (domain: "movies" | "products" | "editorials" | "tweets") =>
    loadReviews({ domain, split: "test", seed: 0 }, {});
  const id = held("movies");
  const ood = [held("products"), held("editorials"), held("tweets")];
  const sweep = (rate: number) => {
    const runs = seeds.map((seed) => {
      const movies = loadReviews({ domain: "movies", split: "train", seed }, {});
      const train = labelNoise({ rate, seed }, { data: movies });
      const model = trainReviewClassifier({ sizes, penalty: 30 }, { data: train });
      return reviewAccuracies({}, { model, train, id, ood });
    });
    return accuracyLine({ through: "means", fitted: 0.99, resamples, seed: 0 }, { runs });
  };
  return { clean: sweep(0), noisy: rates.map((rate) => ({ rate, line: sweep(rate) })) };
}
