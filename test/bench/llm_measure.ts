/**
 * Measures how fast the provider reads prompts.
 *
 * `deno run -A test/bench/llm_measure.ts RUNTIME_FOLDER MODEL_FILE`
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { openModel } from "../../lib/language/llama/open.ts";
import { promptsOf } from "../../lib/language/prompts.ts";

/** Prompt tokens a second. */
export interface Reading {
  /** Of whole prompts, each from its beginning, with the whole distribution of the next token. */
  readonly whole: number;
  /** Of prompts that begin alike, counted in full, with the probabilities of two labels. */
  readonly shared: number;
}

const demonstrations = "Review: the plot is dull and the music awful .\nSentiment: Negative\n\n" +
  "Review: the film is moving and the cast superb .\nSentiment: Positive\n\n";

/** The prompts: of four demonstrations and a question each. */
export const prompts: readonly string[] = [
  "script",
  "ending",
  "acting",
  "music",
  "cast",
  "plot",
  "film",
  "score",
]
  .map((part) => `${demonstrations.repeat(2)}Review: the ${part} is charming and fresh .\nSentiment:`);

if (import.meta.main) {
  const [runtime, path] = Deno.args as [string, string];
  const reading = await Effect.runPromise(Effect.scoped(Effect.gen(function* () {
    const model = yield* openModel({ runtime, path, context: 512 });
    const words = [" Negative", " Positive"].map((word) => model.tokens(word)[0]!);
    const split = promptsOf(model, prompts);
    const tokens = split.reduce((sum, { prefix, rest }) => sum + prefix.length + rest.length, 0);
    const whole = split.map(({ prefix, rest }) => ({
      prefix: new Uint32Array(0),
      rest: Uint32Array.from([...prefix, ...rest]),
    }));
    yield* model.distribution(whole[0]!); // the first is slower
    let clock = performance.now();
    for (const prompt of whole) yield* model.distribution(prompt);
    const first = 1000 * tokens / (performance.now() - clock);
    clock = performance.now();
    for (const prompt of split) yield* model.choose(prompt, words);
    return { whole: first, shared: 1000 * tokens / (performance.now() - clock) } satisfies Reading;
  })));
  console.log(JSON.stringify(reading));
  Deno.exit(0);
}
