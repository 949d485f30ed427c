/**
 * DP-Cap (arXiv 2403.02506): images represented by a captioner that was trained with differential privacy, from nothing but
 * synthetic images and captioned ones.
 *
 * This file is the method; the sizes are in `dp_cap_presets.ts`, the trainings in `dp_cap_runs.ts`, what is claimed in
 * `dp_cap_claims.ts`. The network is in `lib/nn/captioner.ts`, private training in `lib/train/private/`, the accountants in
 * `lib/stats/privacy/`. The captions here are of rendered shapes and made by a rule: they are not natural ones.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { attackCaptionLikelihoodRatio } from "../tasks/attack/caption_likelihood_ratio.ts";
import { attackCaptionMembership } from "../tasks/attack/caption_membership.ts";
import { captionFoils } from "../tasks/corrupt/caption_foils.ts";
import { autoencoderProbe } from "../tasks/evaluate/autoencoder_probe.ts";
import { captionChoices } from "../tasks/evaluate/caption_choices.ts";
import { captionerProbe } from "../tasks/evaluate/captioner_probe.ts";
import { captionLoss } from "../tasks/evaluate/caption_loss.ts";
import { captionZeroShot } from "../tasks/evaluate/caption_zero_shot.ts";
import { ghostNorms } from "../tasks/evaluate/ghost_norms.ts";
import { rawPixelProbe } from "../tasks/evaluate/raw_pixel_probe.ts";
import { privacyReference } from "../tasks/evaluate/privacy_reference.ts";
import { privacySpent } from "../tasks/evaluate/privacy_spent.ts";
import { loadCaptionedScenes } from "../tasks/load/captioned_scenes.ts";
import { loadCaptionedShards } from "../tasks/load/captioned_shards.ts";
import { loadProceduralImages } from "../tasks/load/procedural_images.ts";
import { randomHalf } from "../tasks/load/random_half.ts";
import { drawCaptionProbes } from "../tasks/present/caption_probes.ts";
import { drawMembershipAttack } from "../tasks/present/membership_attack.ts";
import { drawPrivacyReference } from "../tasks/present/privacy_reference.ts";
import { drawPrivateLosses } from "../tasks/present/private_losses.ts";
import { initialCaptioner } from "../tasks/train/initial_captioner.ts";
import { trainPrivateAutoencoder } from "../tasks/train/private_autoencoder.ts";
import { trainPrivateCaptioner } from "../tasks/train/private_captioner.ts";
import { trainSyntheticAutoencoder } from "../tasks/train/synthetic_autoencoder.ts";
import { dpCapClaims } from "./dp_cap_claims.ts";
import { emojiClaims, emojiEvidence } from "./dp_cap_emoji.ts";
import { dpCapPresets } from "./dp_cap_presets.ts";
import { type Run, runsOf } from "./dp_cap_runs.ts";
import { sizesOf } from "./dp_cap_sizes.ts";

const loadCaptioned = { scenes: loadCaptionedScenes, shards: loadCaptionedShards };

/** DP-Cap: data → wrong captions → train → attack → evaluate → claims. */
export const dpCap = pipeline({
  name: "dp-cap",
  about: "Image features from a captioner trained with differential privacy.",
  paper: {
    title: "Differentially Private Representation Learning via Image Captioning",
    authors: "Sander, Yu, Sanjabi, Durmus, Ma, Chaudhuri, Guo",
    arxiv: "2403.02506",
    year: 2024,
  },
  presets: dpCapPresets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    const { data, net, peer, synthetic, probing, counts, shadows } = preset;
    const runs = runsOf(preset);
    const delta = 1 / data.train;

    // Captioned images to train on; others with labels, to learn probes from and to measure them on.
    const load = loadCaptioned[data.from];
    const train = load({ split: "train", count: data.train, seed: 0 }, {});
    const fewer = load({ split: "train", count: Math.round(data.train * preset.fewer), seed: 0 }, {});
    const known = load({ split: "known", count: data.known, seed: 0 }, {});
    const test = load({ split: "test", count: data.test, seed: 0 }, {});
    // Wrong captions and names of classes are by the rule of the scenes' captions.
    const scenes = data.from === "scenes" ? { foiled: captionFoils({ seed: 0 }, { data: test }) } : undefined;

    // What all start from: images that a program drew show nobody, and may be learned from without privacy.
    const { side } = net.encoder;
    const nothing = loadProceduralImages({ count: synthetic.images, side, seed: 0 }, {});

    const models = seeds.map((seed) => {
      const pretrained = trainSyntheticAutoencoder({ net: peer, ...synthetic.recipe, seed }, {
        data: nothing,
      });
      const start = initialCaptioner({ net, seed }, { pretrained: [pretrained] });
      const random = initialCaptioner({ net, seed }, { pretrained: [] });
      const caption = (run: Run, from = start, on = train) =>
        trainPrivateCaptioner({ ...run, seed }, { start: from, data: on });

      // Section 5: the same steps with noise for ε = ∞, 8 and 2; and what each ingredient is worth at ε = 8.
      const trained = {
        infinite: caption(runs.infinite),
        eight: caption(runs.eight),
        two: caption(runs.two),
        fromRandom: caption(runs.eight, random),
        fewer: caption(runs.fewer, start, fewer),
        // Runs that imitate others' ratio of signal to noise. They say how those would go, and are not private.
        quarter: caption(runs.quarter),
        tenfold: caption(runs.tenfold),
      };
      const smaller = runs.smaller === undefined ? undefined : caption(runs.smaller);
      const autoencoder = trainPrivateAutoencoder({ ...runs.eight, seed }, {
        start: pretrained,
        data: train,
      });

      // Membership inference, with no knowledge but losses.
      const attack = (model: typeof trained.eight) =>
        attackCaptionMembership({ count: counts.attacked, delta }, { model, members: train, others: test });

      const probe = (model: typeof trained.eight) =>
        captionerProbe({ ...probing, seed: 0 }, { model, known, test });
      const loss = (model: typeof trained.eight) => captionLoss({}, { model, data: test });
      const chosen = { infinite: trained.infinite, eight: trained.eight, two: trained.two };
      return {
        start,
        trained,
        spent: each({ ...trained, autoencoder }, (model) => privacySpent({}, { model })),
        probes: {
          random: probe(random),
          start: probe(start),
          ...each(trained, probe),
          ...(smaller === undefined ? {} : { smaller: probe(smaller) }),
          autoencoder: autoencoderProbe({ ...probing, seed: 0 }, { model: autoencoder, known, test }),
        },
        losses: each(trained, loss),
        ...(scenes === undefined ? {} : {
          choices: each(chosen, (model) => captionChoices({}, { model, foiled: scenes.foiled })),
          zeroShot: each(
            chosen,
            (model) => captionZeroShot({ prompt: "a large", count: counts.zeroShot }, { model, data: test }),
          ),
        }),
        attacks: each(chosen, attack),
      };
    });

    // The likelihood-ratio attack needs models of its own, each trained on a random half, without noise and with it.
    const halves = Array.from(
      { length: shadows },
      (_, half) => randomHalf({ half, seed: 0 }, { pool: train }),
    );
    const shadowed = (run: Run) =>
      attackCaptionLikelihoodRatio({ count: counts.attacked, delta, seed: 0 }, {
        pool: train,
        models: halves.map((half, index) =>
          trainPrivateCaptioner({ ...run, seed: 100 + index }, { start: models[0]!.start, data: half })
        ),
      });

    const evidence = {
      models,
      pixels: rawPixelProbe({ ...probing, cell: side / 8, seed: 0 }, { known, test }),
      reference: privacyReference({}, {}),
      ghosts: ghostNorms({ net, count: 8, seed: 0 }, { data: test }),
      ...(shadows === 0
        ? {}
        : { shadows: { infinite: shadowed(runs.infinite), eight: shadowed(runs.half) } }),
    };
    const probesOf = (run: "random" | "autoencoder" | keyof typeof models[0]["trained"]) =>
      models.map(({ probes }) => probes[run]);
    return {
      figures: [
        drawCaptionProbes({ shots: probing.shots }, {
          pixels: [evidence.pixels],
          random: probesOf("random"),
          autoencoder: probesOf("autoencoder"),
          two: probesOf("two"),
          eight: probesOf("eight"),
          tenfold: probesOf("tenfold"),
          infinite: probesOf("infinite"),
        }),
        drawPrivateLosses({}, {
          infinite: models.map(({ trained }) => trained.infinite),
          two: models.map(({ trained }) => trained.two),
          eight: models.map(({ trained }) => trained.eight),
          quarter: models.map(({ trained }) => trained.quarter),
          tenfold: models.map(({ trained }) => trained.tenfold),
        }),
        drawMembershipAttack({ delta }, {
          infinite: models[0]!.attacks.infinite,
          eight: models[0]!.attacks.eight,
          two: models[0]!.attacks.two,
          ratios: evidence.shadows === undefined ? [] : [evidence.shadows.infinite, evidence.shadows.eight],
        }),
        drawPrivacyReference({}, { reference: evidence.reference }),
      ],
      sizes: sizesOf(preset),
      claims: [...dpCapClaims(evidence, { preset, name }), ...emojiClaims(emojiEvidence(preset, seeds))],
    };
  },
});

/** Applies a function to each of what has a name. */
function each<Name extends string, A, B>(
  of: Readonly<Record<Name, A>>,
  f: (one: A) => B,
): Readonly<Record<Name, B>> {
  return Object.fromEntries(Object.entries(of).map(([name, one]) => [name, f(one as A)])) as Record<Name, B>;
}
