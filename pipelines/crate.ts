/**
 * CRATE, the white-box transformer of sparse rate reduction (arXiv 2306.01129, at length 2311.13110): each layer compresses
 * its tokens against subspaces, and then makes them sparse.
 *
 * This file is the method; the sizes are in `crate_presets.ts`, what is claimed in `crate_claims.ts` and its neighbours.
 * The network is in `lib/nn/crate.ts`, its halves in `lib/nn/mssa.ts` and `lib/nn/ista.ts`.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import { pipeline } from "../lib/dag/pipeline.ts";
import type { Dataset } from "../lib/kinds/dataset.ts";
import type { CrateConfig } from "../lib/nn/crate.ts";
import { attackCrate } from "../tasks/attack/crate.ts";
import { attackVit } from "../tasks/attack/vit.ts";
import { gaussianPixels } from "../tasks/corrupt/gaussian_pixels.ts";
import { labelNoise } from "../tasks/corrupt/label_noise.ts";
import { crateAccuracy } from "../tasks/evaluate/crate_accuracy.ts";
import { crateLanguageLoss } from "../tasks/evaluate/crate_language_loss.ts";
import { crateLayers } from "../tasks/evaluate/crate_layers.ts";
import { crateParameters } from "../tasks/evaluate/crate_parameters.ts";
import { softmaxLanguageLoss } from "../tasks/evaluate/softmax_language_loss.ts";
import { textEntropies } from "../tasks/evaluate/text_entropies.ts";
import { vitAccuracy } from "../tasks/evaluate/vit_accuracy.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { loadImagenet } from "../tasks/load/imagenet.ts";
import { listImagenet } from "../tasks/load/imagenet_list.ts";
import { loadMnist } from "../tasks/load/mnist.ts";
import { loadOpenWebText } from "../tasks/load/openwebtext.ts";
import { loadShakespeare } from "../tasks/load/shakespeare.ts";
import { loadSotu } from "../tasks/load/sotu.ts";
import { trainCrate } from "../tasks/train/crate.ts";
import { trainCrateLanguage } from "../tasks/train/crate_language.ts";
import { initialCrate } from "../tasks/train/initial_crate.ts";
import { trainSoftmaxLanguage } from "../tasks/train/softmax_language.ts";
import { trainVit } from "../tasks/train/vit.ts";
import { crateClaims } from "./crate_claims.ts";
import { crateFigures } from "./crate_figures.ts";
import { cratePresets } from "./crate_presets.ts";
import { sizesOfCrate } from "./crate_sizes.ts";

const loadImages = { mnist: loadMnist, cifar10: loadCifar10, imagenet: loadImagenet };
// Photographs to train on are too many for a memory: they are read as the training goes.
const loadTraining = { ...loadImages, imagenet: listImagenet };
const loadText = { sotu: loadSotu, shakespeare: loadShakespeare };

/** CRATE: data → nuisance → train → attack → evaluate → claims. */
export const crate = pipeline({
  name: "crate",
  about: "Layers that compress tokens and make them sparse, with a quarter of a transformer's parameters.",
  paper: {
    title: "White-Box Transformers via Sparse Rate Reduction",
    authors: "Yu, Buchanan, Pai, Chu, Wu, Tong, Haeffele, Ma",
    arxiv: "2306.01129",
    year: 2023,
  },
  presets: cratePresets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    const { images, layers, accuracy, ablation, nuisance, attack, language } = preset;

    // Images, the same training images with wrong labels, and the same test images with noise.
    const train = loadTraining[images.from]({ split: "train", count: images.train }, {});
    const clean = loadImages[images.from]({ split: "test", count: images.test }, {});
    const mislabelled = labelNoise({ rate: nuisance.labels, seed: 0 }, { data: train });
    const noisy = gaussianPixels({ sigma: nuisance.sigma, seed: 0 }, { data: clean });

    // Section 3.1, Figures 3, 4 and 7: what layers do, before training, after an epoch, and at the end.
    const looked = seeds.map((seed) => {
      const models = {
        untrained: initialCrate({ net: layers.net, seed }, { data: train }),
        early: trainCrate({ net: layers.net, ...layers.recipe, stop: layers.epoch, seed }, { data: train }),
        trained: trainCrate({ net: layers.net, ...layers.recipe, seed }, { data: train }),
      };
      const { count } = layers;
      return {
        models,
        untrained: crateLayers({ count }, { model: models.untrained, data: clean }),
        early: crateLayers({ count }, { model: models.early, data: clean }),
        trained: crateLayers({ count }, { model: models.trained, data: clean }),
        accuracy: crateAccuracy({}, { model: models.trained, data: clean }),
      };
    });

    // Section 3.2, Table 1: CRATE against ViT of the same width, and of as many parameters.
    const compared = seeds.map((seed) => {
      const ofCrate = { net: accuracy.crate, ...accuracy.recipe, seed };
      const ofVit = { net: accuracy.vit, ...accuracy.recipe, seed };
      const models = {
        crate: trainCrate(ofCrate, { data: train }),
        vit: trainVit(ofVit, { data: train }),
        narrowVit: trainVit({ ...ofVit, net: accuracy.narrowVit }, { data: train }),
      };
      // Beyond the paper: noise in testing, and an attack with full knowledge of each.
      const attacked = {
        crate: attackCrate({ ...attack, seed }, { model: models.crate, data: clean }),
        vit: attackVit({ ...attack, seed }, { model: models.vit, data: clean }),
      };
      return {
        models,
        crate: {
          clean: crateAccuracy({}, { model: models.crate, data: clean }),
          noisy: crateAccuracy({}, { model: models.crate, data: noisy }),
          attacked: crateAccuracy({}, { model: models.crate, data: attacked.crate }),
        },
        vit: {
          clean: vitAccuracy({}, { model: models.vit, data: clean }),
          noisy: vitAccuracy({}, { model: models.vit, data: noisy }),
          attacked: vitAccuracy({}, { model: models.vit, data: attacked.vit }),
        },
        narrowVit: vitAccuracy({}, { model: models.narrowVit, data: clean }),
      };
    });

    // Appendix B.2, Tables 2 and 3: other step sizes η and weights λ, a tied output map, another proximal step; and beyond
    // the paper, wrong labels in training.
    const ablated = seeds.map((seed) => {
      const accuracyOf = (change: Partial<CrateConfig>, data: Node<typeof Dataset> = train) => {
        const net = { ...ablation.net, ...change };
        return crateAccuracy({}, {
          model: trainCrate({ net, ...ablation.recipe, seed }, { data }),
          data: clean,
        });
      };
      return {
        official: accuracyOf({}),
        smallStep: accuracyOf({ step: 0.02 }),
        largeStep: accuracyOf({ step: 0.5 }),
        lessSparse: accuracyOf({ sparsity: 0.02 }),
        moreSparse: accuracyOf({ sparsity: 0.5 }),
        tied: accuracyOf({ output: "tied" }),
        majorisation: accuracyOf({ prox: "majorisation" }),
        mislabelled: accuracyOf({}, mislabelled),
      };
    });

    // The long form: causal CRATE against GPT-2 of the same width.
    const [text, heldOut] = language.text.from === "openwebtext"
      ? [
        loadOpenWebText({ split: "train", count: language.text.train }, {}),
        loadOpenWebText({ split: "validation", count: language.text.validation }, {}),
      ]
      : [
        loadText[language.text.from]({ split: "train", characters: language.text.characters }, {}),
        loadText[language.text.from]({ split: "validation" }, {}),
      ];
    const { windows } = language;
    const writers = seeds.map((seed) => {
      const crate = trainCrateLanguage({ net: language.crate, ...language.recipe, seed }, { text });
      const softmax = trainSoftmaxLanguage({ net: language.softmax, ...language.recipe, seed }, { text });
      return {
        models: { crate, softmax },
        crate: crateLanguageLoss({ windows }, { model: crate, text: heldOut }),
        softmax: softmaxLanguageLoss({ windows }, { model: softmax, text: heldOut }),
      };
    });
    // Pairs of characters can be counted; pairs of GPT-2's tokens are too many.
    const entropies = language.text.from === "openwebtext"
      ? undefined
      : textEntropies({}, { train: text, validation: heldOut });

    const evidence = { looked, compared, ablated, writers, entropies, parameters: crateParameters({}, {}) };
    return {
      figures: crateFigures(evidence, { preset }),
      sizes: sizesOfCrate(preset),
      claims: crateClaims(evidence, { preset, name }),
    };
  },
});
