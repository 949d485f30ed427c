/** Draws the figures of attacks by compute. */
import { assertEquals, assertMatch } from "@std/assert";
import type { Robustness } from "../../lib/evaluate/attack_success.ts";
import { takePen } from "../../lib/report/figure.ts";
import { attackGridFigure } from "../../lib/report/figure_attack_grid.ts";
import { computeFigure } from "../../lib/report/figure_compute.ts";
import { llamaSoftTokensFigure } from "../../lib/report/figure_llama_soft_tokens.ts";
import { softTokensFigure } from "../../lib/report/figure_soft_tokens.ts";
import { votesFigure } from "../../lib/report/figure_votes.ts";
import { assertGolden } from "../golden/golden.ts";

const pen = await takePen();

/** Three computes, of which the dearest comes second, and an attack at two strengths. */
function measured(shift: number): Robustness {
  const attack = (strength: number, success: readonly (number | null)[], counted = [90, 95, 97]) => ({
    ...{ attack: "many-shot", goal: "42", strength },
    ...{ success, counted, free: [] },
  });
  return {
    computes: [
      { loops: 2, passes: 0, operations: 8e5 },
      { loops: 4, passes: 2, operations: 5.5e6 },
      { loops: 3, passes: 1, operations: 2.7e6 },
    ],
    accuracy: [0.9, 1, 0.98],
    attacks: [attack(1, [0.5 + shift, 0.1, 0.3]), attack(3, [0.8, 0.4 - shift, null])],
  };
}

Deno.test("attackGridFigure() has compute rising to the right, means over seeds, and no cell without questions", async () => {
  const { title, caption, svg } = attackGridFigure(pen, [measured(0), measured(0.1)], {
    title: "Does it help?",
    expected: "It should darken.",
    attacks: ["many-shot"],
    by: "strength",
    label: "copies",
  });
  assertEquals(title, "Does it help?");
  assertMatch(
    caption,
    /mean over 2 seeds\. With the least compute it is 68 % on average, with the most 23 %\. It should darken\.$/,
  );
  assertEquals([...svg.matchAll(/>(\d\d)<\/text>/g)].map(([, percent]) => percent), [
    "55",
    "10",
    "30",
    "80",
    "35",
  ]);
  await assertGolden("attack_grid.svg", svg);
});

Deno.test("computeFigure() says where right answers and attacks begin and end", async () => {
  const { caption, svg } = computeFigure(pen, [measured(0), measured(0.1)], "many-shot");
  assertMatch(caption, /right answers from 90 % to 100 %, successful attacks from 80 % to 35 %/);
  await assertGolden("compute.svg", svg);
});

Deno.test("votesFigure() draws counts and the law, on both sides of one half", async () => {
  const law = (votes: number, empirical: number, exact: number, below: number, above: number | null) => ({
    ...{ votes, empirical, exact, standardError: 0.02, below, above },
  });
  const { caption, svg } = votesFigure(pen, {
    name: "a model",
    laws: [law(1, 0.33, 0.34, 0.2, null), law(3, 0.3, 0.31, 0.12, null), law(5, 0.27, 0.28, 0.07, null)],
  });
  assertMatch(caption, /It goes from 34 % to 28 % over all questions/);
  await assertGolden("votes.svg", svg);
});

Deno.test("softTokensFigure() says after how many steps half of the questions fall", async () => {
  const rising = (slope: number) => Array.from({ length: 21 }, (_, step) => Math.min(1, slope * step));
  const { caption, svg } = softTokensFigure(pen, [
    { loops: 4, curve: rising(0.02) },
    { loops: 2, curve: rising(0.05) },
    { loops: 2, curve: rising(0.06) },
  ]);
  assertMatch(caption, /fall after 10 steps with 2 loops, never with 4 loops\./);
  await assertGolden("soft_tokens.svg", svg);
});

Deno.test("llamaSoftTokensFigure() says when the attacker's label becomes the likelier one", async () => {
  const { caption, svg } = llamaSoftTokensFigure(pen, {
    model: "a language model",
    texts: [{ text: "dull .", curve: [0.1, 0.4, 0.7] }, { text: "a joy .", curve: [0.2, 0.2, 0.3] }],
  });
  assertMatch(caption, /It passes one half at step 2, never\.$/);
  await assertGolden("llama_soft_tokens.svg", svg);
});
