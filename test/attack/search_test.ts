import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import { drawQuestions, questionsOf, targetsOf } from "../../lib/attack/language/dataset.ts";
import { attackByGcg } from "../../lib/attack/language/gcg.ts";
import { drawPiece, mutate } from "../../lib/attack/language/grammar.ts";
import { attackBySearch } from "../../lib/attack/language/search.ts";
import { CHANNEL } from "../../lib/data/arithmetic.ts";
import { uniform } from "../../lib/data/random.ts";
import { answerProbabilities } from "../../lib/evaluate/arithmetic_scoring.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { saveNetwork } from "../../lib/nn/checkpoint.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { loopedLanguage } from "../../lib/nn/looped_language.ts";
import { arithmeticConfig } from "../../lib/train/arithmetic.ts";
import { runAlone } from "../evaluate/tiny.ts";
import "../nn/tensorflow.ts";

const layout = { slot: 14, passes: 1 };
const config = arithmeticConfig({ width: 16, depth: 1, heads: 2, loops: [1, 2] }, layout);
const model = { config, parameters: initialise(loopedLanguage.specs(config), 4) };
const checkpoint = saveNetwork(loopedLanguage, { ...model, losses: new Float32Array(0), facts: {} });
const clean = drawQuestions({ count: 6, seed: 1 }, layout);
const { sums, prompts } = await Effect.runPromise(questionsOf(clean));
const targets = targetsOf(sums, "plus-one");

/** The mean log-probability of the attacker's answers. */
async function aim(data: Dataset): Promise<number> {
  const { prompts } = await Effect.runPromise(questionsOf(data));
  const found = await runAlone(answerProbabilities(model, prompts, targets, 2));
  return found.reduce((sum, p) => sum + Math.log(p), 0) / found.length;
}

/** How many characters outside of the channel are not what they were. */
async function outside(data: Dataset): Promise<number> {
  const attacked = (await Effect.runPromise(questionsOf(data))).prompts;
  const width = prompts.shape[1]!;
  return Array.from(prompts.data as Int32Array).filter((token, place) => {
    const column = place % width;
    return (column < CHANNEL || column >= CHANNEL + layout.slot) && token !== attacked.data[place];
  }).length;
}

Deno.test("search finds content that makes the attacker's answer likelier", async () => {
  const attack = { goal: "plus-one", seeks: "answer", queries: 30, loops: 2, seed: 0 } as const;
  const found = await runAlone(attackBySearch(checkpoint, clean, attack));
  const [before, after] = [await aim(clean), await aim(found)];
  assert(after > before + 0.02, `${before} and ${after}`);
  assertEquals(await outside(found), 0);
  assertEquals(await runAlone(attackBySearch(checkpoint, clean, attack)), found);
});

Deno.test("nerd-sniping keeps its claim in front", async () => {
  const attack = { goal: "42", seeks: "thinking", queries: 5, loops: 1, seed: 0 } as const;
  const found = await runAlone(attackBySearch(checkpoint, clean, attack));
  assertEquals(found.about.attack, "nerd-sniping");
  assertEquals(await outside(found), 0);
});

Deno.test("greedy coordinate gradient makes the attacker's answer likelier, a character a step", async () => {
  const attack = { goal: "plus-one", steps: 6, candidates: 16, top: 8, loops: 2, seed: 0 } as const;
  const found = await runAlone(attackByGcg(checkpoint, clean, attack));
  assert(await aim(found) > await aim(clean) + 0.1);
  assertEquals(await outside(found), 0);
  const after = (await Effect.runPromise(questionsOf(found))).prompts;
  const changed = Array.from(prompts.data as Int32Array).filter((token, place) =>
    token !== after.data[place]
  );
  assert(changed.length > 0 && changed.length <= 6 * 6);
});

Deno.test("every change of content fits the channel", () => {
  const draws = uniform({ seed: 5, stream: "test" }, 20_000);
  let place = 0;
  const draw = () => draws[place++ % draws.length]!;
  let pieces: readonly string[] = [];
  for (let change = 0; change < 500; change++) {
    pieces = mutate(pieces, draw, { left: 37, right: 58 }, 42, 31);
    assert(pieces.join("").length <= 31);
  }
  assert(drawPiece(draw, { left: 1, right: 2 }, 42).length > 0);
});
