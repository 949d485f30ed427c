/**
 * Scaff-PD (arXiv 2307.13381): federated learning that serves its worst clients, in as few rounds as learning for the
 * average takes.
 *
 * This file is the method; the sizes are in `scaff_pd_presets.ts`, what is claimed in `scaff_pd_claims.ts`. The algorithm
 * is in `lib/federated/scaff_pd.ts`, and its peers beside it.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { scaffPdClaims } from "./scaff_pd_claims.ts";
import { scaffPdFigures } from "./scaff_pd_figures.ts";
import { scaffPdPresets } from "./scaff_pd_presets.ts";
import { imageFederation, roleFederation } from "./scaff_pd_real.ts";
import { extremes, otherRegularisers, syntheticFederation } from "./scaff_pd_synthetic.ts";

/** Scaff-PD: clients → train → evaluate on each client → claims. */
export const scaffPd = pipeline({
  name: "scaff-pd",
  about: "Federated learning for the worst clients, with the bias of local steps corrected.",
  paper: {
    title: "Scaff-PD: Communication Efficient Fair and Robust Federated Learning",
    authors: "Yu, Karimireddy, Ma, Jordan",
    arxiv: "2307.13381",
    year: 2023,
  },
  presets: scaffPdPresets,
  seeds: { smoke: 1, quick: 5 },
  build: ({ preset, name, seeds }) => {
    const { synthetic, images, roles, training } = preset;

    // Section 6.1: made-up clients, whose robust optimum is known. They cost little, so each seed has several.
    const draws = seeds.flatMap((seed) =>
      Array.from({ length: preset.federations }, (_, at) => seed * preset.federations + at)
    );
    const linear = draws.map((seed) => syntheticFederation(synthetic.linear, preset, seed));
    const logistic = draws.map((seed) => syntheticFederation(synthetic.logistic, preset, seed));
    const ends = draws.map((seed, at) => extremes(synthetic.linear, linear[at]!, preset, seed));
    const others = draws.map((seed, at) => otherRegularisers(synthetic.linear, linear[at]!, preset, seed));

    // Section 6.2: images whose classes are dealt out unevenly; and, beyond the paper, roles of plays.
    const real = {
      ...Object.fromEntries(
        images.data.map((
          letter,
        ) => [letter, seeds.map((seed) => imageFederation(letter, images, training, seed))]),
      ),
      ...(roles === null ? {} : { r: seeds.map((seed) => roleFederation(roles, training, seed)) }),
    };

    const evidence = { linear, logistic, extremes: ends, others, real };
    return { figures: scaffPdFigures(evidence, preset), claims: scaffPdClaims(evidence, { preset, name }) };
  },
});
