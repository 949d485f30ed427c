/**
 * CRATE-MAE, masked completion via structured diffusion with white-box transformers (arXiv 2404.02446): an encoder that
 * denoises tokens towards subspaces, and a decoder that runs it backwards, complete masked images with a third of the
 * parameters of a masked autoencoder of transformers.
 *
 * This file is the method; the sizes are in `crate_mae_presets.ts`, what is claimed in `crate_mae_claims.ts`. The network is
 * in `lib/nn/crate_mae.ts`.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { gaussianPixels } from "../tasks/corrupt/gaussian_pixels.ts";
import { crateMaeCompletions } from "../tasks/evaluate/crate_mae_completions.ts";
import { crateMaeLayers } from "../tasks/evaluate/crate_mae_layers.ts";
import { crateMaeLoss } from "../tasks/evaluate/crate_mae_loss.ts";
import { crateMaeProbe } from "../tasks/evaluate/crate_mae_probe.ts";
import { maeParameters } from "../tasks/evaluate/mae_parameters.ts";
import { pixelProbe } from "../tasks/evaluate/pixel_probe.ts";
import { vitMaeCompletions } from "../tasks/evaluate/vit_mae_completions.ts";
import { vitMaeLayers } from "../tasks/evaluate/vit_mae_layers.ts";
import { vitMaeLoss } from "../tasks/evaluate/vit_mae_loss.ts";
import { vitMaeProbe } from "../tasks/evaluate/vit_mae_probe.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { loadImagenet } from "../tasks/load/imagenet.ts";
import { listImagenet } from "../tasks/load/imagenet_list.ts";
import { loadMnist } from "../tasks/load/mnist.ts";
import { trainCrateMae } from "../tasks/train/crate_mae.ts";
import { initialCrateMae } from "../tasks/train/initial_crate_mae.ts";
import { trainVitMae } from "../tasks/train/vit_mae.ts";
import { crateMaeClaims } from "./crate_mae_claims.ts";
import type { CrateMaeEvidence, CrateMaeSeed } from "./crate_mae_evidence.ts";
import { crateMaeFigures } from "./crate_mae_figures.ts";
import { crateMaePresets } from "./crate_mae_presets.ts";
import { crateMaeSizesOf } from "./crate_mae_sizes.ts";

const loadImages = { mnist: loadMnist, cifar10: loadCifar10, imagenet: loadImagenet };
// Photographs are too many for a memory: trainings read them as they go.
const listImages = { ...loadImages, imagenet: listImagenet };

/** CRATE-MAE: data → nuisance → train → evaluate → claims. */
export const crateMae = pipeline({
  name: "crate-mae",
  about: "Masked autoencoders whose decoder is their encoder run backwards, at a third of the parameters.",
  paper: {
    title: "Masked Completion via Structured Diffusion with White-Box Transformers",
    authors: "Pai, Buchanan, Wu, Yu, Ma",
    arxiv: "2404.02446",
    year: 2024,
  },
  presets: crateMaePresets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    const { images, recipe, masking, probe, layers } = preset;

    // Images, and the same test images with noise. What is not known to a network is what is hidden from it.
    const train = listImages[images.from]({ split: "train", count: images.train }, {});
    const known = loadImages[images.from]({ split: "train", count: images.known }, {});
    const clean = loadImages[images.from]({ split: "test", count: images.test }, {});
    const noisy = gaussianPixels({ sigma: preset.sigma, seed: 0 }, { data: clean });
    const shown = { known, shown: clean, whole: clean };
    const disturbed = { known, shown: noisy, whole: clean };
    const classified = { known, asked: clean, noisy };

    // Section 4: CRATE-MAE, and two ViT-MAEs: of its width, and of its parameters, which reviewers asked for.
    const bySeed = seeds.map((seed): CrateMaeSeed => {
      const untrained = initialCrateMae({ net: preset.crate, seed }, { data: train });
      const crate = trainCrateMae({ net: preset.crate, ...recipe, seed }, { data: train });
      const vit = trainVitMae({ net: preset.vit, ...recipe, seed }, { data: train });
      const narrowVit = trainVitMae({ net: preset.narrowVit, ...recipe, seed }, { data: train });
      const others = preset.otherSparsities.map((sparsity) =>
        trainCrateMae({ net: { ...preset.crate, sparsity }, ...recipe, seed }, { data: train })
      );
      const ofVit = (model: typeof vit) => ({
        model,
        loss: vitMaeLoss(masking, { model, ...shown }),
        noisyLoss: vitMaeLoss(masking, { model, ...disturbed }),
        probe: vitMaeProbe(probe, { model, ...classified }),
      });
      const look = { count: layers.count };
      return {
        crate: {
          model: crate,
          loss: crateMaeLoss(masking, { model: crate, ...shown }),
          noisyLoss: crateMaeLoss(masking, { model: crate, ...disturbed }),
          probe: crateMaeProbe(probe, { model: crate, ...classified }),
        },
        vit: ofVit(vit),
        narrowVit: ofVit(narrowVit),
        untrainedProbe: crateMaeProbe(probe, { model: untrained, ...classified }),
        // Section 3 and Figure 4: rates layer by layer, and how layers of the decoder mirror those of the encoder.
        layers: {
          untrained: crateMaeLayers(look, { model: untrained, data: clean }),
          trained: crateMaeLayers(look, { model: crate, data: clean }),
          narrowVit: vitMaeLayers(look, { model: narrowVit, data: clean }),
        },
        otherLosses: others.map((model) => crateMaeLoss(masking, { model, ...shown })),
      };
    });

    const drawn = { count: layers.drawn, ratio: recipe.maskRatio, seed: 0 };
    const first = bySeed[0]!;
    const evidence: CrateMaeEvidence = {
      seeds: bySeed,
      pixels: pixelProbe(probe, classified),
      parameters: maeParameters({}, {}),
      completed: [
        crateMaeCompletions(drawn, { model: first.crate.model, data: clean }),
        vitMaeCompletions(drawn, { model: first.vit.model, data: clean }),
        vitMaeCompletions(drawn, { model: first.narrowVit.model, data: clean }),
      ],
    };
    return {
      figures: crateMaeFigures(evidence, { preset }),
      sizes: crateMaeSizesOf(preset),
      claims: crateMaeClaims(evidence, { preset, name }),
    };
  },
});
