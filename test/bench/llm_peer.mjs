// Measures how fast node-llama-cpp itself reads prompts: llm_measure.ts in its own interface.
import process from "node:process";

// Fetched for this benchmark alone: no dependency, which a plain import would make it.
const library = "node-llama-cpp";
const { getLlama } = await import(library);

const demonstrations = "Review: the plot is dull and the music awful .\nSentiment: Negative\n\n" +
  "Review: the film is moving and the cast superb .\nSentiment: Positive\n\n";
const prompts = ["script", "ending", "acting", "music", "cast", "plot", "film", "score"]
  .map((part) => `${demonstrations.repeat(2)}Review: the ${part} is charming and fresh .\nSentiment:`);

const llama = await getLlama({
  gpu: false,
  build: "never",
  skipDownload: true,
  logLevel: "error",
  maxThreads: 1,
});
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize: 512, threads: 1, flashAttention: false });
const sequence = context.getSequence();
const tokenized = prompts.map((text) => model.tokenize(text));
const tokens = tokenized.reduce((sum, one) => sum + one.length, 0);
const unfiltered = { temperature: 1, topK: 0, topP: 1, minP: 0 };

const next = (prompt, options) =>
  sequence.controlledEvaluate([
    ...prompt.slice(0, -1),
    [prompt.at(-1), { generateNext: { probabilities: true, options } }],
  ]);

const whole = async (prompt) => {
  await sequence.clearHistory();
  await next(prompt, unfiltered);
};
await whole(tokenized[0]); // the first is slower
let clock = performance.now();
for (const prompt of tokenized) await whole(prompt);
const first = 1000 * tokens / (performance.now() - clock);

const { TokenBias } = await import("node-llama-cpp");
const bias = new TokenBias(model.tokenizer);
for (const word of [" Negative", " Positive"]) bias.set(model.tokenize(word)[0], { logit: 60 });
let common = tokenized[0].length - 1;
for (const prompt of tokenized) {
  let same = 0;
  while (same < common && prompt[same] === tokenized[0][same]) same += 1;
  common = same;
}
clock = performance.now();
await sequence.clearHistory();
await sequence.controlledEvaluate(tokenized[0].slice(0, common));
for (const prompt of tokenized) {
  await next(prompt.slice(common), { ...unfiltered, topK: 2, tokenBias: bias });
  await sequence.eraseContextTokenRanges([{ start: common, end: sequence.nextTokenIndex }]);
}
console.log(JSON.stringify({ whole: first, shared: 1000 * tokens / (performance.now() - clock) }));
process.exit(0);
