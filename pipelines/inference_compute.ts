/**
 * Trading inference-time compute for adversarial robustness (arXiv 2501.18841): a model that thinks for longer is harder
 * to attack, without having been trained against any attack.
 *
 * The paper measures o1-preview and o1-mini, which are not published. Here a model that adds numbers is trained in the
 * workbench. It has an untrusted channel, where attackers write, and compute that can be turned up: loops of its core,
 * passes of written thinking, and votes. The paper's full text was out of reach: the protocol is reconstructed.
 *
 * This file is the method; the sizes are in `inference_compute_presets.ts`, what is claimed in
 * `inference_compute_claims.ts`. What the model reads and writes is in `lib/data/arithmetic.ts`, the model in
 * `lib/nn/looped_language.ts`.
 *
 * @module
 */
import { pipeline } from "../lib/dag/pipeline.ts";
import { longestText } from "../lib/data/arithmetic.ts";
import { loopedLanguage, loopedOperations } from "../lib/nn/looped_language.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { arithmeticConfig } from "../lib/train/arithmetic.ts";
import { attackManyShot } from "../tasks/attack/many_shot.ts";
import { attackSoftTokens } from "../tasks/attack/soft_tokens.ts";
import { attackThinkLess } from "../tasks/attack/think_less.ts";
import { arithmeticRobustness } from "../tasks/evaluate/arithmetic_robustness.ts";
import { arithmeticVotes } from "../tasks/evaluate/arithmetic_votes.ts";
import { softTokenRobustness } from "../tasks/evaluate/soft_token_robustness.ts";
import { loadArithmeticQuestions } from "../tasks/load/arithmetic_questions.ts";
import { drawAccuracyByCompute } from "../tasks/present/accuracy_by_compute.ts";
import { drawAttackGrid } from "../tasks/present/attack_grid.ts";
import { drawSoftTokens } from "../tasks/present/soft_tokens.ts";
import { drawVotes } from "../tasks/present/votes.ts";
import { trainArithmetic } from "../tasks/train/arithmetic.ts";
import { inferenceComputeClaims } from "./inference_compute_claims.ts";
import { type InferenceComputePreset, inferenceComputePresets } from "./inference_compute_presets.ts";

/** Inference-time compute against attacks: questions → train → attack → evaluate → claims. */
export const inferenceCompute = pipeline({
  name: "inference-compute",
  about: "More thinking at inference, fewer successful attacks, with no training against them.",
  paper: {
    title: "Trading Inference-Time Compute for Adversarial Robustness",
    authors: "Zaremba, Nitishinskaya, Barak, Lin, Toyer, Yu, Dias, Wallace, Xiao, Heidecke, Glaese",
    arxiv: "2501.18841",
    year: 2025,
  },
  presets: inferenceComputePresets,
  seeds: { smoke: 1 },
  build: ({ preset, name, seeds }) => {
    const { layout, net, world, recipe, grid, goals } = preset;

    // The questions, and what attackers write into their channels without knowing the model.
    const clean = loadArithmeticQuestions({ layout, count: preset.questions, seed: 0 }, {});
    const data = { data: clean };
    const manyShot = goals.flatMap((goal) =>
      preset.shots.map((shots) => attackManyShot({ goal, shots }, data))
    );
    const thinkLess = goals.map((goal) => attackThinkLess({ goal, shots: preset.thinkLess }, data));
    const voted = attackManyShot({ goal: "42", shots: preset.votes.shots }, data);
    const attacked = [...manyShot, ...thinkLess];

    const models = seeds.map((seed) => {
      const model = trainArithmetic({ net, layout, world: { ...world, rule: "sum" }, ...recipe, seed }, {});

      // An attacker who knows the model, at the least loops and at the most.
      const soft = [grid.loops[0]!, grid.loops.at(-1)!].map((loops) => {
        const found = attackSoftTokens({ ...preset.soft, goal: "42", loops, seed }, { model, data: clean });
        return softTokenRobustness(grid, { model, attacked: found });
      });
      const { votes, loops } = preset.votes;
      return {
        robustness: arithmeticRobustness(grid, { model, clean, attacked }),
        soft: { least: soft[0]!, most: soft[1]! },
        votes: arithmeticVotes({ votes, loops, seed }, { model, attacked: voted }),
      };
    });

    // The control: half of its examples say that the channel is right, the other half that it is not.
    const ambiguous = !preset.ambiguous ? [] : seeds.map((seed) => {
      const model = trainArithmetic(
        { net, layout, world: { ...world, rule: "ambiguous" }, ...recipe, seed },
        {},
      );
      return arithmeticRobustness(grid, { model, clean, attacked: manyShot });
    });

    const robustness = models.map((model) => model.robustness);
    const manyShots = { attack: "many-shot", resource: "copies of the claim" };
    return {
      figures: [
        drawAttackGrid(manyShots, { seeds: robustness }),
        drawAccuracyByCompute({ attack: "many-shot" }, { seeds: robustness }),
        drawSoftTokens({}, { attacks: models.flatMap(({ soft }) => [soft.least, soft.most]) }),
        drawVotes({ name: "the arithmetic model" }, { votes: models[0]!.votes }),
        ...(ambiguous.length === 0 ? [] : [drawAttackGrid(manyShots, { seeds: ambiguous })]),
      ],
      sizes: sizesOf(preset),
      claims: inferenceComputeClaims({ models, ambiguous }, { preset, name }),
    };
  },
});

/** What a preset trains, and what it spends on a question. */
function sizesOf({ layout, net, grid, recipe }: InferenceComputePreset): readonly string[] {
  const config = arithmeticConfig(net, layout);
  const operations = (tokens: number, loops: number) => loopedOperations(config, tokens, loops);
  const millions = (number: number) => (number / 1e6).toPrecision(3);
  const examples = recipe.steps * recipe.batch;
  const training = 3 * examples * operations(longestText(layout), net.loops.at(-1)!);
  return [
    `arithmetic model: ${countParameters(loopedLanguage.specs(config)).toLocaleString("en")} parameters, ` +
    `${(training / 1e12).toPrecision(3)} TFLOP to train`,
    `thinking and answering: ${millions(operations(4, grid.loops[0]!))} to ` +
    `${millions(operations(4 + 5 * grid.passes, grid.loops.at(-1)!))} MFLOP a question`,
  ];
}
