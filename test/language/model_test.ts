import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import * as Effect from "effect/Effect";
import type { LanguageModel, Prompt } from "../../lib/language/model.ts";
import { promptsOf } from "../../lib/language/prompts.ts";
import { hasModel, withModel } from "./local_model.ts";

const demonstrations = "Review: I loved it, a wonderful film.\nSentiment: Positive\n\n" +
  "Review: Dull and far too long.\nSentiment: Negative\n\n";
const question = "Review: The plot is a complete mess and the acting is awful.\nSentiment:";

const other = "Review: A joy from start to end.\nSentiment:";
const promptIn = (model: LanguageModel): Prompt =>
  promptsOf(model, [question, other].map((text) => demonstrations + text))[0]!;
const whole = ({ prefix, rest }: Prompt): Prompt => ({
  prefix: new Uint32Array(0),
  rest: Uint32Array.from([...prefix, ...rest]),
});
const labels = (model: LanguageModel) => [" Negative", " Positive"].map((word) => model.tokens(word)[0]!);

// By node-llama-cpp 3.21.1 itself, on a processor with AVX-512 VNNI; other kernels agree to about a hundredth.
const published = {
  smollm2: { vocabulary: 49_152, beginning: 0, negative: 0.30522, positive: 0.03529 },
  gemma3: { vocabulary: 262_144, beginning: 1, negative: 0.57169, positive: 0.12435 },
};

for (const name of ["smollm2", "gemma3"] as const) {
  const test = (what: string, fn: (model: LanguageModel) => Effect.Effect<void, unknown>) =>
    Deno.test({
      name: `${name}: ${what}`,
      ignore: !hasModel(name),
      fn: () => withModel(name, (model) => Effect.orDie(fn(model))),
    });

  test("the whole distribution is node-llama-cpp's", (model) =>
    Effect.gen(function* () {
      assertEquals(model.beginning.length, published[name].beginning); // BOS, without which Gemma rambles
      const found = yield* model.distribution(whole(promptIn(model)));
      assertEquals(found.length, published[name].vocabulary); // nothing was filtered out
      assertAlmostEquals(found.reduce((sum, share) => sum + share, 0), 1, 1e-4);
      const [negative, positive] = labels(model);
      assertAlmostEquals(found[negative!]!, published[name].negative, 0.02);
      assertAlmostEquals(found[positive!]!, published[name].positive, 0.02);
    }));

  test("a choice is the distribution given the choices, and its mass their sum", (model) =>
    Effect.gen(function* () {
      const prompt = promptIn(model);
      const all = yield* model.distribution(prompt);
      const [negative, positive] = labels(model).map((token) => all[token]!) as [number, number];
      const { posterior, mass } = yield* model.choose(prompt, labels(model));
      assertAlmostEquals(posterior[0]!, negative / (negative + positive), 2e-6);
      assertAlmostEquals(mass / (negative + positive), 1, 5e-4); // the addon's sums are of floats
      // Where the likeliest token is none of them, too.
      const unlikely = [" Tuesday", " cheese"].map((word) => model.tokens(word)[0]!);
      const odd = yield* model.choose(prompt, unlikely);
      const shares = unlikely.map((token) => all[token]!) as [number, number];
      assertAlmostEquals(odd.mass / (shares[0] + shares[1]), 1, 5e-4);
      assertAlmostEquals(odd.posterior[0]!, shares[0] / (shares[0] + shares[1]), 1e-5);
    }));

  test("a common prefix changes nothing, whatever was asked before", (model) =>
    Effect.gen(function* () {
      const [prompt, another] = promptsOf(model, [question, other].map((text) => demonstrations + text));
      const first = yield* model.choose(prompt!, labels(model));
      yield* model.choose(another!, labels(model));
      assertEquals(yield* model.choose(prompt!, labels(model)), first);
      yield* model.choose(whole(another!), labels(model));
      assertEquals(yield* model.choose(prompt!, labels(model)), first);
      // Fewer tokens at a time take other kernels, which round Gemma's weights otherwise.
      const apart = yield* model.choose(whole(prompt!), labels(model));
      assertAlmostEquals(apart.posterior[0]!, first.posterior[0]!, 0.02);
    }));

  test("a prompt beyond its context is refused", (model) =>
    Effect.gen(function* () {
      const long = promptsOf(model, [demonstrations.repeat(60) + question])[0]!;
      const refused = yield* Effect.flip(model.choose(long, labels(model)));
      assertStringIncludes(refused.message, `at most ${model.context}`);
      assert(long.prefix.length > model.context);
    }));
}
