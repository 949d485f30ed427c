import { assert, assertEquals, assertRejects } from "@std/assert";
import * as Effect from "effect/Effect";
import { manyShot, thinkLess } from "../../lib/attack/language/content.ts";
import { attackQuestions, drawQuestions, NO_TARGET, questionsOf } from "../../lib/attack/language/dataset.ts";
import { targetOf } from "../../lib/attack/language/goals.ts";
import { attackWithSoftTokens } from "../../lib/attack/language/soft_tokens.ts";
import { vocabulary } from "../../lib/data/arithmetic.ts";
import { DataError } from "../../lib/data/folder.ts";
import { measureSoftTokens } from "../../lib/evaluate/soft_token_robustness.ts";
import { saveNetwork } from "../../lib/nn/checkpoint.ts";
import { initialise } from "../../lib/nn/initialise.ts";
import { loopedLanguage } from "../../lib/nn/looped_language.ts";
import { arithmeticConfig } from "../../lib/train/arithmetic.ts";
import { runAlone } from "../evaluate/tiny.ts";
import "../nn/tensorflow.ts";

const layout = { slot: 11, passes: 1 };
const clean = drawQuestions({ count: 12, seed: 1 }, layout);

Deno.test("a goal has no target where it is right or too large", () => {
  const sum = { left: 37, right: 58 };
  assertEquals([targetOf("42", sum), targetOf("plus-one", sum), targetOf("times-seven", sum)], [42, 96, 665]);
  assertEquals(targetOf("42", { left: 40, right: 2 }), undefined);
  assertEquals(targetOf("times-seven", { left: 99, right: 99 }), undefined);
});

Deno.test("attackers write into the channel and nowhere else", async () => {
  const attacked = await Effect.runPromise(
    attackQuestions(
      clean,
      { attack: "many-shot", goal: "42", strength: 1 },
      (sum, target) => manyShot(sum, target, 1),
    ),
  );
  const [before, after] = [
    await Effect.runPromise(questionsOf(clean)),
    await Effect.runPromise(questionsOf(attacked)),
  ];
  const textOf = (tokens: ArrayLike<number>) => Array.from(tokens, (token) => vocabulary[token]).join("");
  const width = after.prompts.shape[1]!;
  before.sums.forEach(({ left, right }, row) => {
    const text = (data: ArrayLike<number>) => textOf(Array.from(data).slice(row * width, (row + 1) * width));
    const [was, is] = [text(before.prompts.data as Int32Array), text(after.prompts.data as Int32Array)];
    assertEquals(is.slice(0, 7) + is.slice(18), was.slice(0, 7) + was.slice(18));
    assertEquals(is.slice(7, 18), left + right === 42 ? " ".repeat(11) : `${was.slice(1, 6)}=240; `);
  });
});

Deno.test("think-less ends with a question that is answered at once", () => {
  assertEquals(thinkLess({ left: 37, right: 58 }, 42, 2), "73+85=240;Q73+85]A240");
});

Deno.test("an attack that does not fit the channel is refused in words", async () => {
  await assertRejects(
    () =>
      Effect.runPromise(
        attackQuestions(clean, { attack: "many-shot", goal: "42", strength: 2 }, (sum, target) =>
          manyShot(sum, target, 2)),
      ),
    DataError,
    "writes 20 characters, and the channel holds 11",
  );
});

Deno.test("soft tokens bring the model towards the attacker's answer", async () => {
  const config = arithmeticConfig({ width: 16, depth: 1, heads: 2, loops: [1, 2] }, layout);
  const parameters = initialise(loopedLanguage.specs(config), 4);
  const model = saveNetwork(loopedLanguage, { config, parameters, losses: new Float32Array(0), facts: {} });
  const attack = {
    goal: "42",
    vectors: 4,
    steps: 80,
    learningRate: 0.1,
    loops: 2,
    count: 8,
    seed: 0,
  } as const;
  const attacked = await runAlone(attackWithSoftTokens(model, clean, attack));
  assertEquals(attacked.tensors.vectors!.shape, [8, 4, 16]);
  assertEquals(attacked.tensors.reached!.shape, [80, 8]);
  const losses = [...attacked.tensors.losses!.data as Float32Array];
  assert(losses.at(-1)! < losses[0]! - 1, `${losses[0]} to ${losses.at(-1)}`);

  // Nothing is right without the attack, so nothing counts.
  const metrics = await runAlone(measureSoftTokens(model, attacked, { loops: [1, 2], passes: 0 }));
  assertEquals([metrics.counted, metrics.success, metrics.loops], [[0, 0], [null, null], 2]);
  const { targets } = await Effect.runPromise(questionsOf(attacked));
  assert(targets!.every((target) => target === 42 || target === NO_TARGET));
});
