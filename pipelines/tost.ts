/**
 * ToST, the Token Statistics Transformer (arXiv 2412.17810): attention whose time and memory are linear in the number of
 * tokens, at close to the accuracy of softmax attention.
 *
 * This file is the method; the sizes are in `tost_presets.ts`, what is claimed in `tost_claims.ts`. The network is in
 * `lib/nn/tost.ts`, its attention in `lib/nn/tssa.ts`.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { attackSoftmaxTwin } from "../tasks/attack/softmax_twin.ts";
import { attackTost } from "../tasks/attack/tost.ts";
import { breakSoftmaxTwin } from "../tasks/attack/break_softmax_twin.ts";
import { breakTost } from "../tasks/attack/break_tost.ts";
import { gaussianPixels } from "../tasks/corrupt/gaussian_pixels.ts";
import { randomSigns } from "../tasks/corrupt/random_signs.ts";
import { nuisancePatch } from "../tasks/corrupt/nuisance_patch.ts";
import { attentionScaling } from "../tasks/evaluate/attention_scaling.ts";
import { softmaxLanguageLoss } from "../tasks/evaluate/softmax_language_loss.ts";
import { softmaxSequenceAccuracy } from "../tasks/evaluate/softmax_sequence_accuracy.ts";
import { softmaxTwinAccuracy } from "../tasks/evaluate/softmax_twin_accuracy.ts";
import { textEntropies } from "../tasks/evaluate/text_entropies.ts";
import { tostAccuracy } from "../tasks/evaluate/tost_accuracy.ts";
import { tostLanguageLoss } from "../tasks/evaluate/tost_language_loss.ts";
import { tostLayers } from "../tasks/evaluate/tost_layers.ts";
import { tostParameters } from "../tasks/evaluate/tost_parameters.ts";
import { tostSequenceAccuracy } from "../tasks/evaluate/tost_sequence_accuracy.ts";
import { tostRecurrence } from "../tasks/evaluate/tost_recurrence.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { loadImagenet } from "../tasks/load/imagenet.ts";
import { listImagenet } from "../tasks/load/imagenet_list.ts";
import { loadOpenWebText } from "../tasks/load/openwebtext.ts";
import { loadListops } from "../tasks/load/listops.ts";
import { loadMnist } from "../tasks/load/mnist.ts";
import { loadShakespeare } from "../tasks/load/shakespeare.ts";
import { loadSotu } from "../tasks/load/sotu.ts";
import { initialTost } from "../tasks/train/initial_tost.ts";
import { trainSoftmaxLanguage } from "../tasks/train/softmax_language.ts";
import { trainSoftmaxSequence } from "../tasks/train/softmax_sequence.ts";
import { trainSoftmaxTwin } from "../tasks/train/softmax_twin.ts";
import { trainTost } from "../tasks/train/tost.ts";
import { trainTostSequence } from "../tasks/train/tost_sequence.ts";
import { trainTostLanguage } from "../tasks/train/tost_language.ts";
import { tostClaims } from "./tost_claims.ts";
import { tostFigures } from "./tost_figures.ts";
import { tostPresets } from "./tost_presets.ts";
import { sizesOf } from "./tost_sizes.ts";

const loadImages = { mnist: loadMnist, cifar10: loadCifar10, imagenet: loadImagenet };
// Photographs to train on are too many for a memory: they are read as the training goes.
const loadTraining = { ...loadImages, imagenet: listImagenet };
const loadText = { sotu: loadSotu, shakespeare: loadShakespeare };

/** ToST: data → nuisance → train → attack → evaluate → claims. */
export const tost = pipeline({
  name: "tost",
  about: "Attention with token statistics: linear cost, at close to softmax attention's accuracy.",
  paper: {
    title: "Token Statistics Transformer: Linear-Time Attention via Variational Rate Reduction",
    authors: "Wu, Ding, Lu, Pai, Zhang, Wang, Yu, Ma, Haeffele",
    arxiv: "2412.17810",
    year: 2024,
  },
  presets: tostPresets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    const { images, net, recipe, nuisance, attack, check, layers, language, sequences, webText } = preset;

    // Images, and the same test images with two nuisances that the networks were not trained on.
    const train = loadTraining[images.from]({ split: "train", count: images.train }, {});
    const clean = loadImages[images.from]({ split: "test", count: images.test }, {});
    const noisy = gaussianPixels({ sigma: nuisance.sigma, seed: 0 }, { data: clean });
    const distracting = nuisancePatch({ size: nuisance.square, agreement: 0.1, seed: 0 }, { data: clean });

    // Section 5.1, Table 2: ToST and its twin, the same network with softmax attention in the place of TSSA.
    const { form: _, ...twinNet } = net;
    const classifiers = seeds.map((seed) => {
      const untrained = initialTost({ net, seed }, { data: train });
      const tost = trainTost({ net, ...recipe, seed }, { data: train });
      const twin = trainSoftmaxTwin({ net: twinNet, ...recipe, seed }, { data: train });

      // An attack on each with full knowledge of it. The paper has none.
      const attackedTost = attackTost({ ...attack, seed }, { model: tost, data: clean });
      const attackedTwin = attackSoftmaxTwin({ ...attack, seed }, { model: twin, data: clean });

      return {
        models: { untrained, tost, twin },
        tost: {
          clean: tostAccuracy({}, { model: tost, data: clean }),
          noisy: tostAccuracy({}, { model: tost, data: noisy }),
          distracting: tostAccuracy({}, { model: tost, data: distracting }),
          attacked: tostAccuracy({}, { model: tost, data: attackedTost }),
        },
        twin: {
          clean: softmaxTwinAccuracy({}, { model: twin, data: clean }),
          noisy: softmaxTwinAccuracy({}, { model: twin, data: noisy }),
          distracting: softmaxTwinAccuracy({}, { model: twin, data: distracting }),
          attacked: softmaxTwinAccuracy({}, { model: twin, data: attackedTwin }),
        },
        // Figures 3 and 4: R^var (equation 8) and the memberships Π (equation 10), layer by layer.
        layers: {
          untrained: tostLayers({ count: layers.count }, { model: untrained, data: clean }),
          trained: tostLayers({ count: layers.count }, { model: tost, data: clean }),
        },
      };
    });

    // Whether the attack is one: Auto-PGD within the same ε, noise of the same size, and an ε that nothing withstands.
    const { beyond, count, ...search } = check;
    const near = { ...search, epsilon: attack.epsilon, count: attack.count, seed: 0 };
    const far = { ...search, epsilon: beyond, count, seed: 0 };
    const signs = randomSigns({ epsilon: attack.epsilon, seed: 0 }, { data: clean });
    const { models: { tost: trained, twin }, ...first } = classifiers[0]!;
    const checks = [
      {
        plain: first.tost.attacked,
        noise: tostAccuracy({}, { model: trained, data: signs }),
        near: tostAccuracy({}, { model: trained, data: breakTost(near, { model: trained, data: clean }) }),
        far: tostAccuracy({}, { model: trained, data: breakTost(far, { model: trained, data: clean }) }),
      },
      {
        plain: first.twin.attacked,
        noise: softmaxTwinAccuracy({}, { model: twin, data: signs }),
        near: softmaxTwinAccuracy({}, {
          model: twin,
          data: breakSoftmaxTwin(near, { model: twin, data: clean }),
        }),
        far: softmaxTwinAccuracy({}, {
          model: twin,
          data: breakSoftmaxTwin(far, { model: twin, data: clean }),
        }),
      },
    ];

    // Section 5.2, Table 3: long sequences. The paper's are Long Range Arena's; these are shorter ones of its kind.
    const sorters = sequences === undefined ? [] : seeds.map((seed) => {
      const { net, recipe, size } = sequences;
      const lists = loadListops({ split: "train", count: sequences.train, ...size }, {});
      const unseen = loadListops({ split: "test", count: sequences.test, ...size }, {});
      const tost = trainTostSequence({ net, ...recipe, seed }, { data: lists });
      const softmax = trainSoftmaxSequence({ net, ...recipe, seed }, { data: lists });
      return {
        models: { tost, softmax },
        tost: tostSequenceAccuracy({}, { model: tost, data: unseen }),
        softmax: softmaxSequenceAccuracy({}, { model: softmax, data: unseen }),
      };
    });

    // Section 5.2, Table 4: causal TSSA (equation 28) and softmax attention as language models.
    const text = loadText[language.from]({ split: "train", characters: language.characters }, {});
    const heldOut = loadText[language.from]({ split: "validation" }, {});
    const writers = seeds.map((seed) => {
      const tost = trainTostLanguage({ net: language.net, ...language.recipe, seed }, { text });
      const softmax = trainSoftmaxLanguage({ net: language.net, ...language.recipe, seed }, { text });
      return {
        models: { tost, softmax },
        tost: tostLanguageLoss({ windows: language.windows }, { model: tost, text: heldOut }),
        softmax: softmaxLanguageLoss({ windows: language.windows }, { model: softmax, text: heldOut }),
        recurrence: tostRecurrence({}, { model: tost, text: heldOut }),
      };
    });
    const webWriters = webText === undefined ? [] : seeds.map((seed) => {
      const { net, recipe, windows } = webText;
      const pages = loadOpenWebText({ split: "train", count: webText.train }, {});
      const others = loadOpenWebText({ split: "validation", count: webText.validation }, {});
      const tost = trainTostLanguage({ net, ...recipe, seed }, { text: pages });
      const softmax = trainSoftmaxLanguage({ net, ...recipe, seed }, { text: pages });
      return {
        tost: tostLanguageLoss({ windows }, { model: tost, text: others }),
        softmax: softmaxLanguageLoss({ windows }, { model: softmax, text: others }),
      };
    });
    const entropies = textEntropies({}, { train: text, validation: heldOut });

    // Section 4.3, Table 1: the cost of the operators alone; and the official sizes.
    const scaling = attentionScaling(preset.timing, {});
    const parameters = tostParameters({}, {});

    return {
      figures: tostFigures({ classifiers, sorters, writers, entropies, scaling, clean }, { preset, seeds }),
      sizes: sizesOf(preset),
      claims: tostClaims({
        classifiers,
        checks,
        sorters,
        writers,
        webWriters,
        entropies,
        scaling,
        parameters,
      }, {
        preset,
        name,
      }),
    };
  },
});
