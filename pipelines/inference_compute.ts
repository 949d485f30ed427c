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
import type { Node } from "../lib/dag/node.ts";
import { pipeline } from "../lib/dag/pipeline.ts";
import { longestText } from "../lib/data/arithmetic.ts";
import type { Checkpoint } from "../lib/kinds/checkpoint.ts";
import type { Metrics } from "../lib/kinds/metrics.ts";
import { loopedLanguage, loopedOperations } from "../lib/nn/looped_language.ts";
import { countParameters } from "../lib/nn/parameters.ts";
import { arithmeticConfig } from "../lib/train/arithmetic.ts";
import { attackGcg } from "../tasks/attack/gcg.ts";
import { attackLabelInjection } from "../tasks/attack/label_injection.ts";
import { attackManyShot } from "../tasks/attack/many_shot.ts";
import { attackSearch } from "../tasks/attack/search.ts";
import { attackSmollm2 } from "../tasks/attack/smollm2_soft_tokens.ts";
import { attackSoftTokens } from "../tasks/attack/soft_tokens.ts";
import { attackThinkLess } from "../tasks/attack/think_less.ts";
import { answerVotes } from "../tasks/evaluate/answer_votes.ts";
import { arithmeticRobustness } from "../tasks/evaluate/arithmetic_robustness.ts";
import { arithmeticVotes } from "../tasks/evaluate/arithmetic_votes.ts";
import { askSmollm2 } from "../tasks/evaluate/smollm2_answers.ts";
import { softTokenRobustness } from "../tasks/evaluate/soft_token_robustness.ts";
import { loadArithmeticQuestions } from "../tasks/load/arithmetic_questions.ts";
import { drawDemonstrations } from "../tasks/load/demonstrations.ts";
import { loadTemplatedReviews } from "../tasks/load/templated_reviews.ts";
import { drawAccuracyByCompute } from "../tasks/present/accuracy_by_compute.ts";
import { drawAttackGrid } from "../tasks/present/attack_grid.ts";
import { drawLlamaSoftTokens } from "../tasks/present/llama_soft_tokens.ts";
import { drawSoftTokens } from "../tasks/present/soft_tokens.ts";
import { drawVotes } from "../tasks/present/votes.ts";
import { trainArithmetic } from "../tasks/train/arithmetic.ts";
import { trainLargeArithmetic } from "../tasks/train/large_arithmetic.ts";
import { extensionClaims, type RealModelEvidence } from "./inference_compute_beyond.ts";
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

    const train = preset.gpu ? trainLargeArithmetic : trainArithmetic;
    const trained = seeds.map((seed) =>
      train({ net, layout, world: { ...world, rule: "sum" }, ...recipe, seed }, {})
    );
    const models = seeds.map((seed, index) => {
      const model = trained[index]!;

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

    // Attackers who ask the model about whatever they try, and one who makes it think for long.
    const adaptive = adaptiveAttacks(preset, trained, seeds);

    // The control: half of its examples say that the channel is right, the other half that it is not.
    const ambiguous = !preset.ambiguous ? [] : seeds.map((seed) => {
      const model = trainArithmetic(
        { net, layout, world: { ...world, rule: "ambiguous" }, ...recipe, seed },
        {},
      );
      return arithmeticRobustness(grid, { model, clean, attacked: manyShot });
    });

    // A real language model, whose labels of texts are attacked.
    const real = preset.languageModel && realModel(preset.languageModel, preset.votes.votes);

    const robustness = models.map((model) => model.robustness);
    const copies = { attacks: ["many-shot"], by: "strength", label: "copies of the claim" } as const;
    const steps = { attacks: ["soft tokens"], by: "strength", label: "steps" } as const;
    const kinds = { attacks: ["search", "nerd-sniping", "gcg"], by: "attack", label: "attack" } as const;
    const expected = "The paper's grid would darken to the right.";
    return {
      figures: [
        drawAttackGrid(
          { title: "Does more thinking defend against more copies of a claim?", expected, ...copies },
          { seeds: robustness },
        ),
        drawAccuracyByCompute({ attack: "many-shot" }, { seeds: robustness }),
        drawAttackGrid(
          { title: "Does more thinking defend against an attacker's own vectors?", expected, ...steps },
          { seeds: models.map(({ soft }) => soft.least) },
        ),
        drawSoftTokens({}, { attacks: models.flatMap(({ soft }) => [soft.least, soft.most]) }),
        drawVotes({ name: "the arithmetic model" }, { votes: models[0]!.votes }),
        ...(adaptive.length === 0 ? [] : [
          drawAttackGrid(
            { title: "Does more thinking defend against attackers who ask the model?", expected, ...kinds },
            { seeds: adaptive },
          ),
        ]),
        ...(ambiguous.length === 0 ? [] : [
          drawAttackGrid({
            title: "Does more thinking defend where the rule itself is ambiguous?",
            expected: "It should not: the grid should be as light on the right as on the left.",
            ...copies,
          }, { seeds: ambiguous }),
        ]),
        ...(real === undefined ? [] : [
          drawVotes({ name: "SmolLM2" }, { votes: real.votes }),
          drawLlamaSoftTokens({}, { attack: real.soft }),
        ]),
      ],
      sizes: sizesOf(preset),
      claims: [
        ...inferenceComputeClaims({ models, ambiguous }, { preset, name }),
        ...extensionClaims({ adaptive, real }, name),
      ],
    };
  },
});

/** Attacks that are made for each model with its help: what they come to, for each seed. */
function adaptiveAttacks(
  { adaptive, layout, grid }: InferenceComputePreset,
  trained: readonly Node<typeof Checkpoint>[],
  seeds: readonly number[],
): readonly Node<typeof Metrics>[] {
  if (adaptive === undefined) return [];
  const { questions, queries, gcg } = adaptive;
  const clean = loadArithmeticQuestions({ layout, count: questions, seed: 1 }, {});
  const plain = attackManyShot({ goal: "42", shots: 1 }, { data: clean });
  return trained.map((model, index) => {
    const aim = { goal: "42", loops: grid.loops[0]!, seed: seeds[index]! } as const;
    const attacked = [
      plain,
      attackSearch({ ...aim, seeks: "answer", queries }, { model, data: clean }),
      attackSearch({ ...aim, seeks: "thinking", queries }, { model, data: clean }),
      attackGcg({ ...aim, ...gcg }, { model, data: clean }),
    ];
    return arithmeticRobustness(grid, { model, clean, attacked });
  });
}

/** Prompt injection on SmolLM2 with votes, and soft tokens by its gradients. */
function realModel(
  { questions, shots, copies, soft }: NonNullable<InferenceComputePreset["languageModel"]>,
  votes: readonly number[],
): RealModelEvidence {
  const template = "sst2";
  const demonstrations = drawDemonstrations(
    { shots, balanced: true, seed: 0 },
    { data: loadTemplatedReviews({ count: 20, seed: 1 }, {}) },
  );
  const reviews = loadTemplatedReviews({ count: questions, seed: 0 }, {});
  const injected = attackLabelInjection({ template, copies }, { data: reviews });
  const ask = (questions: typeof reviews | typeof injected) =>
    askSmollm2({ template, context: 512 }, { demonstrations, questions });
  return {
    votes: answerVotes({ votes: [...votes], seed: 0 }, { clean: ask(reviews), attacked: ask(injected) }),
    soft: attackSmollm2({ template, ...soft, seed: 0 }, { demonstrations, questions: reviews }),
  };
}

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
