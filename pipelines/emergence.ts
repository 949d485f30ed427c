/**
 * Emergence of segmentation with minimalistic white-box transformers (arXiv 2308.16271): trained to classify and nothing
 * else, CRATE's class token attends to the object, where ViT's does not.
 *
 * This file is the method; the sizes are in `emergence_presets.ts`, the networks in `emergence_networks.ts`, what is
 * claimed in `emergence_claims.ts`. The measures are in `lib/evaluate/segmentation`.
 *
 * @module
 */
import type { Node } from "../lib/dag/node.ts";
import { pipeline } from "../lib/dag/pipeline.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import { attackCrate } from "../tasks/attack/crate.ts";
import { attackVit } from "../tasks/attack/vit.ts";
import { addNoiseSeries } from "../tasks/corrupt/noise_series.ts";
import { randomSigns } from "../tasks/corrupt/random_signs.ts";
import { crateAccuracy } from "../tasks/evaluate/crate_accuracy.ts";
import { detectionPrecision } from "../tasks/evaluate/detection_precision.ts";
import { emergenceParameters } from "../tasks/evaluate/emergence_parameters.ts";
import { mapStability } from "../tasks/evaluate/map_stability.ts";
import { objectCuts } from "../tasks/evaluate/object_cuts.ts";
import { principalSplit } from "../tasks/evaluate/principal_split.ts";
import { principalViews } from "../tasks/evaluate/principal_views.ts";
import { segmentation } from "../tasks/evaluate/segmentation.ts";
import { loadCifar10 } from "../tasks/load/cifar10.ts";
import { loadCoco } from "../tasks/load/coco.ts";
import { emojiScenes } from "../tasks/load/emoji_scenes.ts";
import { listImagenet21k } from "../tasks/load/imagenet21k_list.ts";
import { shapeScenes } from "../tasks/load/shape_scenes.ts";
import { loadTextures } from "../tasks/load/textures.ts";
import { loadVoc } from "../tasks/load/voc.ts";
import { drawAttentionMaps } from "../tasks/present/attention_maps.ts";
import { drawMapStability } from "../tasks/present/map_stability.ts";
import { drawObjectViews } from "../tasks/present/object_views.ts";
import { drawSegmentationCurves } from "../tasks/present/segmentation_curves.ts";
import { drawSegmentationScores } from "../tasks/present/segmentation_scores.ts";
import { emergenceClaims } from "./emergence_claims.ts";
import type { SeedEvidence } from "./emergence_evidence.ts";
import { type NetworkName, networkNames, treatments } from "./emergence_networks.ts";
import { type EmergencePreset, emergencePresets, type Scenes } from "./emergence_presets.ts";
import { sizesOf } from "./emergence_sizes.ts";

/** The emergence of segmentation: scenes → train to classify → attention → masks → claims. */
export const emergence = pipeline({
  name: "emergence",
  about: "Trained to classify, a white-box transformer's attention shows where the object is.",
  paper: {
    title: "Emergence of Segmentation with Minimalistic White-Box Transformers",
    authors: "Yu, Chu, Tong, Wu, Pai, Buchanan, Ma",
    arxiv: "2308.16271",
    year: 2023,
  },
  presets: emergencePresets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    const { net, recipe, maps: { count, drawn }, maskCut, noise, attack, snapshots } = preset;
    const { train, test, boxed } = imagesOf(preset);
    const networks = treatments(net, recipe, train);
    const each = <A>(make: (network: NetworkName) => A) =>
      Object.fromEntries(networkNames.map((network) => [network, make(network)])) as Record<NetworkName, A>;

    // Attention of the class token, head by head, and the object's mask, which no network has seen (sections 3 and 4).
    const attend = (network: NetworkName, model: Node<typeof Checkpoint>, data = test) =>
      networks[network].attention(model, data, count);
    const segmented = (network: NetworkName, model: Node<typeof Checkpoint>, data = test) =>
      segmentation({}, { maps: attend(network, model, data), truth: test });

    // Noise (figures 11 and 12), and an attack on each network with full knowledge of it, of which the paper has none.
    const noisy = addNoiseSeries({ ...noise, seed: 0 }, { data: test });
    const stable = (network: NetworkName, model: Node<typeof Checkpoint>) =>
      mapStability({}, {
        maps: networks[network].attention(model, noisy, noise.count * (1 + noise.levels.length)),
      });
    const signs = randomSigns({ epsilon: attack.epsilon, seed: 0 }, { data: test });
    const attacks = { crate: attackCrate, vit: attackVit };

    const runs = seeds.map((seed) => {
      const models = each((network) => networks[network].train(seed));
      const maps = each((network) => attend(network, models[network]));
      const boxedMaps = each((network) =>
        networks[network].attention(models[network], boxed.data, boxed.count)
      );
      const cuts = each((network) => objectCuts(maskCut, { maps: boxedMaps[network] }));
      const untrained = { crate: networks.crate.initial(seed), vit: networks.vit.initial(seed) };
      const attacked = (network: "crate" | "vit") => {
        const data = attacks[network]({ ...attack, seed }, { model: models[network], data: test });
        return {
          attack: networks[network].accuracy(models[network], data),
          noise: networks[network].accuracy(models[network], signs),
          maps: segmented(network, models[network], data),
        };
      };
      const evidence: SeedEvidence = {
        networks: each((network) => ({
          accuracy: networks[network].accuracy(models[network], test),
          segmentation: segmentation({}, { maps: maps[network], truth: test }),
          detection: detectionPrecision({}, {
            cuts: cuts[network],
            maps: boxedMaps[network],
            truth: boxed.data,
          }),
        })),
        untrained: {
          crate: segmented("crate", untrained.crate),
          vit: segmented("vit", untrained.vit),
        },
        snapshots: snapshots.map((stop) => segmented("crate", networks.crate.train(seed, stop))),
        stability: { crate: stable("crate", models.crate), vit: stable("vit", models.vit) },
        split: {
          untrained: principalSplit({}, { maps: attend("crate", untrained.crate), truth: test }),
          trained: principalSplit({}, { maps: maps.crate, truth: test }),
        },
        attacked: { crate: attacked("crate"), vit: attacked("vit") },
      };
      return { models, maps, boxedMaps, cuts, evidence };
    });
    const evidence = runs.map((run) => run.evidence);
    const first = runs[0]!;
    const overwhelming = attackCrate({ ...attack, epsilon: 128, stepSize: 32, seed: 0 }, {
      model: first.models.crate,
      data: test,
    });

    const ofEach = (measured: "segmentation" | "detection" | "accuracy") =>
      networkNames.flatMap((network) => evidence.map(({ networks }) => networks[network][measured]));
    const { crate, vit } = first.maps;
    return {
      figures: [
        drawAttentionMaps({ count: drawn }, { crate, vit, truth: test }),
        drawSegmentationScores({ networks: networkNames, seeds: seeds.length }, {
          segmentation: ofEach("segmentation"),
          detection: ofEach("detection"),
          accuracy: preset.images.of === "photographs" ? [] : ofEach("accuracy"),
        }),
        drawSegmentationCurves({ snapshots, steps: recipe.steps }, {
          crate: evidence.map(({ networks }) => networks.crate.segmentation),
          vit: evidence.map(({ networks }) => networks.vit.segmentation),
          untrainedCrate: evidence.map(({ untrained }) => untrained.crate),
          untrainedVit: evidence.map(({ untrained }) => untrained.vit),
          snapshots: snapshots.flatMap((_, stop) => evidence.map((one) => one.snapshots[stop]!)),
        }),
        drawObjectViews({ count: drawn, networks: networkNames }, {
          truth: boxed.data,
          views: networkNames.map((network) => principalViews({}, { maps: first.boxedMaps[network] })),
          cuts: networkNames.map((network) => first.cuts[network]),
        }),
        drawMapStability({}, {
          crate: evidence.map(({ stability }) => stability.crate),
          vit: evidence.map(({ stability }) => stability.vit),
        }),
      ],
      sizes: sizesOf(preset),
      claims: emergenceClaims({
        seeds: evidence,
        overwhelmed: crateAccuracy({}, { model: first.models.crate, data: overwhelming }),
        parameters: emergenceParameters({}, {}),
      }, { preset, name }),
    };
  },
});

/** Images to train on, images with masks to segment, and those in which objects are looked for: not the same in the paper. */
function imagesOf(preset: EmergencePreset) {
  const { images, net: { side }, maps: { count } } = preset;
  if (images.of === "photographs") {
    return {
      train: listImagenet21k({ split: "train" }, {}),
      test: loadVoc({ split: "val", side, count: images.voc }, {}),
      boxed: { data: loadCoco({ split: "val", side, count: images.coco }, {}), count: images.coco },
    };
  }
  const test = scenes("test", images, side);
  return { train: scenes("train", images, side), test, boxed: { data: test, count } };
}

/** One thing on each background. Test scenes have other backgrounds than training scenes and, of emoji, other things. */
function scenes(
  split: "train" | "test",
  { of, least, most, backgrounds: from, ...counts }: Scenes,
  side: number,
) {
  const backgrounds = from === "cifar10"
    ? loadCifar10({ split, count: counts[split] }, {})
    : loadTextures({ count: counts[split], side, seed: split === "train" ? 0 : 1 }, {});
  const compose = { shapes: shapeScenes, emoji: emojiScenes }[of];
  return compose({ split, least, most, seed: 0 }, { backgrounds });
}
