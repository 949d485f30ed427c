/**
 * The geometry of MCR² (arXiv 2406.01909): every critical point of regularised rate reduction is a local maximum, whose form
 * is known, or a strict saddle; and networks reach the global one.
 *
 * This file is the method; the sizes are in `mcr2_presets.ts`, what is claimed in `mcr2_claims.ts`. The objective and what
 * the theorems say of it are in `lib/mcr2`.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { largestLambda } from "../lib/mcr2/problem.ts";
import { attackMlpClassifier } from "../tasks/attack/mlp_classifier.ts";
import { attackSubspaces } from "../tasks/attack/subspaces.ts";
import { labelNoise } from "../tasks/corrupt/label_noise.ts";
import { classifierFeatures } from "../tasks/evaluate/classifier_features.ts";
import { featureGeometry } from "../tasks/evaluate/feature_geometry.ts";
import { featureProbes } from "../tasks/evaluate/feature_probes.ts";
import { mlpAccuracy } from "../tasks/evaluate/mlp_accuracy.ts";
import { rateFeatures } from "../tasks/evaluate/rate_features.ts";
import { rateLandscape } from "../tasks/evaluate/rate_landscape.ts";
import { rateMaximum } from "../tasks/evaluate/rate_maximum.ts";
import { rateSaddles } from "../tasks/evaluate/rate_saddles.ts";
import { rateTurningPoints } from "../tasks/evaluate/rate_turning_points.ts";
import { subspaceAccuracy } from "../tasks/evaluate/subspace_accuracy.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { firstOfClasses } from "../tasks/load/first_of_classes.ts";
import { loadMnist } from "../tasks/load/mnist.ts";
import { drawCosines } from "../tasks/present/cosines.ts";
import { drawFeatureProbes } from "../tasks/present/feature_probes.ts";
import { drawLabelCorruption } from "../tasks/present/label_corruption.ts";
import { drawRateClimbs } from "../tasks/present/rate_climbs.ts";
import { drawRateLandscape } from "../tasks/present/rate_landscape.ts";
import { drawRateTurningPoints } from "../tasks/present/rate_turning_points.ts";
import { drawSpectra } from "../tasks/present/spectra.ts";
import { trainMlpClassifier } from "../tasks/train/mlp_classifier.ts";
import { rateAscent } from "../tasks/train/rate_ascent.ts";
import { trainRateReduction } from "../tasks/train/rate_reduction.ts";
import { mcr2Claims } from "./mcr2_claims.ts";
import { type AscentPreset, type DeepPreset, mcr2Presets } from "./mcr2_presets.ts";

const load = { mnist: loadMnist, cifar10: loadCifar10 };
const imageOf = { mnist: { side: 28, channels: 1 }, cifar10: { side: 32, channels: 3 } };

/** MCR²: problem → critical points → ascent; data → corrupt → train → attack → evaluate → claims. */
export const mcr2 = pipeline({
  name: "mcr2",
  about: "Every critical point of rate reduction is a local maximum of known form or a strict saddle.",
  paper: {
    title: "A Global Geometric Analysis of Maximal Coding Rate Reduction",
    authors: "Wang, Liu, Pai, Yu, Zhu, Qu, Ma",
    arxiv: "2406.01909",
    year: 2024,
  },
  presets: mcr2Presets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    // Theorem 1 (i): local maxima of all kinds of ranks, with gradient and Hessian; theorem 2: two kinds of saddle.
    const maxima = seeds.flatMap((seed) =>
      rankings.map((ranks) => rateMaximum({ ...uneven, ranks, seed }, {}))
    );
    const saddles = seeds.map((seed) => rateSaddles({ ...even, seed }, {}));

    // Theorem 2: whatever critical points random starts lead to.
    const { problem, starts } = preset.landscape;
    const landscapes = seeds.map((seed) => rateLandscape({ ...problem, starts, seed }, {}));

    // Ascent from random starts; and from a start so small that it collapses.
    const climb = ({ problem, climb }: AscentPreset, deviation = 1, starts = seeds) =>
      starts.map((seed) => {
        const features = rateAscent({ ...problem, ...climb, deviation, seed }, {});
        const constants = { epsilonSquared: problem.epsilon ** 2, lambda: problem.lambda };
        return { features, geometry: featureGeometry(constants, { features }) };
      });
    const gridStarts = Array.from({ length: preset.grid.starts }, (_, start) => start);
    const ascents = {
      balanced: preset.balanced.map((one) => climb(one)),
      unbalanced: preset.unbalanced.map((one) => climb(one)),
      grid: preset.grid.problems.map((one) => climb(one, 1, gridStarts)),
      nearMost: preset.grid.nearMost.map((one) => climb(one, 1, gridStarts)),
      collapsed: climb(preset.balanced.at(-1)!, 1e-3),
    };
    const turning = rateTurningPoints({ classes: [2, 3, 4, 10, 100] }, {});

    // Networks: features trained on rate reduction, and the same network by cross-entropy.
    const images = ({ from, classes }: DeepPreset, split: "train" | "test", each: number) =>
      firstOfClasses({ classes, each }, { data: load[from]({ split, count: 20 * each }, {}) });
    const train = (deep: DeepPreset, seed: number, rate = 0) => {
      const clean = images(deep, "train", deep.each);
      const data = rate === 0 ? clean : labelNoise({ rate, seed }, { data: clean });
      const net = { ...imageOf[deep.from], classes: deep.classes, ...deep.net };
      const { epsilonSquared, lambda, ...recipe } = deep.recipe;
      const reduction = trainRateReduction({ net, ...deep.recipe, seed }, { data });
      const crossEntropy = trainMlpClassifier({
        net,
        ...recipe,
        batch: deep.classes * deep.each,
        labelSmoothing: 0,
        augment: "none",
        seed,
      }, { data });
      const features = rateFeatures({}, { model: reduction, data });
      return { data, reduction, crossEntropy, features, constants: { epsilonSquared, lambda } };
    };
    const digits = images(preset.deep, "test", preset.test);
    const networks = seeds.map((seed) => {
      const { data, reduction, crossEntropy, features, constants } = train(preset.deep, seed);
      const twin = classifierFeatures({}, { model: crossEntropy, data });
      const attackedReduction = attackSubspaces({ ...preset.attack, seed }, {
        model: reduction,
        known: features,
        data: digits,
      });
      const attackedTwin = attackMlpClassifier({ ...preset.attack, seed }, {
        model: crossEntropy,
        data: digits,
      });
      return {
        features: { reduction: features, crossEntropy: twin },
        reduction: {
          geometry: featureGeometry(constants, { features }),
          train: featureProbes({}, { known: features, asked: features }),
          test: featureProbes({}, {
            known: features,
            asked: rateFeatures({}, { model: reduction, data: digits }),
          }),
          attacked: subspaceAccuracy({}, { model: reduction, known: features, data: attackedReduction }),
        },
        crossEntropy: {
          geometry: featureGeometry(constants, { features: twin }),
          train: featureProbes({}, { known: twin, asked: twin }),
          test: featureProbes({}, {
            known: twin,
            asked: classifierFeatures({}, { model: crossEntropy, data: digits }),
          }),
          attacked: mlpAccuracy({}, { model: crossEntropy, data: attackedTwin }),
        },
      };
    });
    const more = preset.more.map((deep) =>
      seeds.map((seed) => {
        const { features, constants } = train(deep, seed);
        return featureGeometry(constants, { features });
      })
    );

    // Label corruption, an experiment of the parent paper (arXiv 2006.08558).
    const { rates } = preset.corruption;
    const corrupted = rates.map((rate) =>
      seeds.map((seed) => {
        const { reduction, crossEntropy, features } = train(preset.corruption, seed, rate);
        return {
          reduction: subspaceAccuracy({}, { model: reduction, known: features, data: digits }),
          crossEntropy: mlpAccuracy({}, { model: crossEntropy, data: digits }),
        };
      })
    );

    const [balanced, unbalanced] = [ascents.balanced[0]!, ascents.unbalanced[0]!];
    const first = networks[0]!;
    return {
      figures: [
        drawRateLandscape({}, { landscapes }),
        drawRateClimbs(
          { names: [preset.balanced[0]!.name, preset.unbalanced[0]!.name] },
          {
            ascents: [...balanced, ...unbalanced].map(({ features }) => features),
            geometry: [...balanced, ...unbalanced].map(({ geometry }) => geometry),
          },
        ),
        drawSpectra({ of: "features of an ascent" }, { geometry: unbalanced[0]!.geometry }),
        drawRateTurningPoints({}, { turning }),
        drawSpectra({ of: "network's features" }, { geometry: first.reduction.geometry }),
        drawCosines({ names: ["ascent", "network, rate reduction", "network, cross-entropy"] }, {
          features: [unbalanced[0]!.features, first.features.reduction, first.features.crossEntropy],
        }),
        drawFeatureProbes({}, {
          reduction: networks.map(({ reduction }) => reduction.test),
          crossEntropy: networks.map(({ crossEntropy }) => crossEntropy.test),
        }),
        drawLabelCorruption({ rates }, {
          reduction: corrupted.flat().map(({ reduction }) => reduction),
          crossEntropy: corrupted.flat().map(({ crossEntropy }) => crossEntropy),
        }),
      ],
      claims: mcr2Claims(
        {
          maxima,
          saddles,
          landscapes,
          turning,
          networks,
          more,
          corrupted,
          ascents: {
            balanced: ascents.balanced.flat().map(({ geometry }) => geometry),
            unbalanced: ascents.unbalanced.flat().map(({ geometry }) => geometry),
            grid: ascents.grid.flat().map(({ geometry }) => geometry),
            nearMost: ascents.nearMost.flat().map(({ geometry }) => geometry),
            collapsed: ascents.collapsed.map(({ geometry }) => geometry),
          },
        },
        { preset, name },
      ),
    };
  },
});

/** Classes of three sizes, small enough for an exact Hessian, at a quarter of λ_max. */
const unevenSizes = { dimension: 6, counts: [3, 4, 5], epsilon: 1 };
const uneven = { ...unevenSizes, lambda: largestLambda(unevenSizes) / 4 };

/** Ranks of every kind: even and uneven, full and not, classes left out, nothing at all. */
const rankings = [[2, 2, 2], [1, 2, 3], [3, 3, 0], [1, 1, 1], [3, 0, 0], [0, 0, 5], [0, 0, 0]];

/** Four classes of one size, of which two can share a direction. */
const evenSizes = { dimension: 4, counts: [3, 3, 3, 3], epsilon: 1 };
const even = { ...evenSizes, lambda: 0.1 * largestLambda(evenSizes) };
