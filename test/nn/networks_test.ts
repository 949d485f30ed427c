import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { crate, type CrateConfig } from "../../lib/nn/crate.ts";
import { crateLanguage } from "../../lib/nn/crate_language.ts";
import { crateMhsa } from "../../lib/nn/crate_mhsa.ts";
import { crateMlp } from "../../lib/nn/crate_mlp.ts";
import { activations, type Network } from "../../lib/nn/network.ts";
import { MissingParameter } from "../../lib/nn/parameters.ts";
import { softmaxLanguage } from "../../lib/nn/softmax_language.ts";
import { softmaxTwin } from "../../lib/nn/softmax_twin.ts";
import { tost, type TostConfig } from "../../lib/nn/tost.ts";
import { emptyMemory, readToken, tostLanguage } from "../../lib/nn/tost_language.ts";
import { vit } from "../../lib/nn/vit.ts";
import { tf } from "../../lib/tensor/native.ts";
import { fill, sines } from "./fill.ts";
import "./tensorflow.ts";

// Expected logits are what `reference.py` prints: PyTorch 2.13.0 in float64.
function assertClose(
  actual: { dataSync(): ArrayLike<number> },
  expected: readonly number[],
  tolerance = 2e-5,
): void {
  const values = actual.dataSync();
  assertEquals(values.length, expected.length);
  expected.forEach((value, index) =>
    assertAlmostEquals(values[index]!, value, tolerance, `element ${index}`)
  );
}

const vision: TostConfig = {
  side: 16,
  channels: 3,
  patch: 8,
  stem: "convolution",
  width: 16,
  depth: 1,
  heads: 2,
  classBlocks: 1,
  layerScale: 1,
  classes: 3,
  form: "code",
};
const language = { vocabulary: 7, context: 6, width: 8, depth: 2, heads: 2, layerScale: 1 };
const tokens = () => tf.tensor2d([[3, 1, 4, 1, 5], [2, 6, 5, 3, 5]], [2, 5], "int32");
const lastLogits = (logits: ReturnType<typeof sines>) => logits.slice([0, 4, 0], [-1, 1, -1]);

Deno.test("tost.forward() computes what the official program does", () => {
  const logits = tost.forward(fill(tost.specs(vision)), sines(2, 16, 16, 3), vision);
  assertClose(logits, [0.1079130985, 0.2419274397, 0.1535148086, 0.0980484295, 0.2381051072, 0.1592490475]);
});

Deno.test("tost.forward() normalises by the batch in training and keeps running statistics", () => {
  const parameters = fill(tost.specs(vision));
  const statistics: Record<string, ReturnType<typeof sines>> = {};
  const logits = tost.forward(parameters, sines(2, 16, 16, 3), vision, { statistics });
  assertClose(logits, [0.117495994, 0.2463062678, 0.1486636949, 0.1323474701, 0.2511147278, 0.1390082628]);
  const kept = Object.entries(tost.specs(vision)).filter(([, spec]) => spec.statistic).map(([name]) => name);
  assertEquals(Object.keys(statistics).sort(), kept.sort());
});

Deno.test("tost.forward() computes the paper's equations in form paper", () => {
  const config: TostConfig = { ...vision, form: "paper" };
  const logits = tost.forward(fill(tost.specs(config)), sines(2, 16, 16, 3), config);
  assertClose(logits, [0.1552977695, 0.495969198, 0.3806488331, 0.1541336692, 0.5079725198, 0.3947837783]);
});

Deno.test("softmaxTwin.forward() computes what multi-head attention on the same skeleton does", () => {
  const logits = softmaxTwin.forward(fill(softmaxTwin.specs(vision)), sines(2, 16, 16, 3), vision);
  assertClose(logits, [
    0.0447028907,
    -0.0061459371,
    -0.0513442187,
    0.0446197196,
    -0.0054105242,
    -0.050466357,
  ]);
});

Deno.test("tostLanguage.forward() computes what the official program does", () => {
  const logits = tostLanguage.forward(fill(tostLanguage.specs(language)), tokens(), language);
  assertClose(lastLogits(logits), [
    ...[-0.502051713, 1.599463353, 0.0366077691, -1.6101162163, 0.4319361587, 1.4844227649, -0.8639032837],
    ...[-0.5017402714, 1.5986977892, 0.0365191067, -1.6093248517, 0.431794534, 1.4836726131, -0.8635433647],
  ]);
});

Deno.test("softmaxLanguage.forward() computes what GPT-2 with LayerScale does", () => {
  const logits = softmaxLanguage.forward(fill(softmaxLanguage.specs(language)), tokens(), language);
  assertClose(lastLogits(logits), [
    ...[-0.598132308, 1.5385788591, 0.150405756, -1.5823469443, 0.3100573118, 1.4921202456, -0.7442644042],
    ...[-0.5350243335, 1.5357267783, 0.0881277372, -1.5613719557, 0.3662316075, 1.4547985332, -0.7895780791],
  ]);
});

const shell = {
  ...{ side: 8, channels: 3, patch: 4, width: 8, depth: 2, heads: 2, classes: 3 },
  pool: "class" as const,
};
const crateConfig: CrateConfig = { ...shell, step: 0.1, sparsity: 0.1, output: "free", prox: "ista" };
const pictures = () => sines(2, 8, 8, 3);

Deno.test("crate.forward() computes what the official program does", () => {
  const logits = crate.forward(fill(crate.specs(crateConfig)), pictures(), crateConfig);
  assertClose(logits, [1.5402861627, 1.1334708648, -0.3154523189, 1.5690973728, 1.1386343828, -0.3386838077]);
});

Deno.test("crate.forward() with a tied output computes equations 11 and 12", () => {
  const config: CrateConfig = { ...crateConfig, output: "tied" };
  const logits = crate.forward(fill(crate.specs(config)), pictures(), config);
  assertClose(logits, [-0.3735057391, 0.2444534361, 0.6376632495, -0.3705486413, 0.2548514495, 0.645942293]);
});

Deno.test("crate.forward() with majorisation thresholds what the dictionary expands", () => {
  const config: CrateConfig = { ...crateConfig, prox: "majorisation" };
  const logits = crate.forward(fill(crate.specs(config)), pictures(), config);
  assertClose(logits, [
    -0.3870377871,
    -0.1444745015,
    0.230917974,
    -0.3886695265,
    -0.1422005216,
    0.2350069871,
  ]);
});

Deno.test("crateMlp.forward() and crateMhsa.forward() put one part of the transformer in", () => {
  const mlp = crateMlp.forward(fill(crateMlp.specs(shell)), pictures(), shell);
  assertClose(mlp, [-0.0931285903, -0.081161654, 0.0054249327, -0.0938125806, -0.0800002374, 0.0073639552]);
  const config = { ...shell, step: 0.1, sparsity: 0.1 };
  const mhsa = crateMhsa.forward(fill(crateMhsa.specs(config)), pictures(), config);
  assertClose(mhsa, [-0.3639053402, 0.2704342912, 0.6561378824, -0.3373898098, 0.244281468, 0.6013614907]);
});

Deno.test("activations() of every image network shows what CRATE's does", () => {
  const [tokens, heads] = [[2, 5, 8], [2, 2, 5, 4]];
  const common = {
    ...{ tokens, compressed: tokens, sparse: tokens },
    ...{ projections: heads, queries: heads, attention: [2, 2, 5, 5] },
  };
  const shapes = <Config>(network: Network<Config>, config: Config) =>
    activations(network, fill(network.specs(config)), pictures(), config).map((layer) =>
      Object.fromEntries(Object.entries(layer).map(([name, { shape }]) => [name, shape]))
    );
  assertEquals(shapes(crate, crateConfig), Array(2).fill({ ...common, compressedProjections: heads }));
  assertEquals(shapes(crateMlp, shell), Array(2).fill({ ...common, compressedProjections: heads }));
  assertEquals(shapes(crateMhsa, { ...shell, step: 0.1, sparsity: 0.1 }), Array(2).fill(common));
  const { pool: _, ...plain } = shell;
  assertEquals(shapes(vit, plain), Array(2).fill(common));
});

Deno.test("readToken() gives what tostLanguage.forward() gives, token by token", () => {
  const parameters = fill(tostLanguage.specs(language));
  const parallel = tostLanguage.forward(parameters, tokens(), language);
  let memory = emptyMemory(2, language);
  for (let position = 0; position < 5; position++) {
    const step = readToken(parameters, memory, tokens().slice([0, position], [-1, 1]), position, language);
    memory = step.memory;
    const expected = parallel.slice([0, position, 0], [-1, 1, -1]).dataSync();
    assertClose(step.logits, [...expected], 1e-5);
  }
  // h (2p + 1) numbers a layer and text, whatever the text's length.
  const size = Object.values(memory[0]!).reduce((total, tensor) => total + tensor.size, 0);
  assertEquals(size, 2 * language.heads * (2 * language.width / language.heads + 1));
});

/** Asserts that what comes later in a text changes no logits of what comes before. */
function testCausality<Config>(network: Network<Config>, config: Config): void {
  Deno.test(`${network.name} does not look ahead`, () => {
    const parameters = fill(network.specs(config));
    const changed = tf.tensor2d([[3, 1, 4, 6, 0], [2, 6, 5, 1, 1]], [2, 5], "int32");
    const before = (
      input: ReturnType<typeof tokens>,
    ) => [...network.forward(parameters, input, config).slice([0, 0, 0], [-1, 3, -1]).dataSync()];
    assertEquals(before(tokens()), before(changed));
  });
}
testCausality(tostLanguage, language);
testCausality(softmaxLanguage, language);
testCausality(crateLanguage, { ...language, step: 0.1, sparsity: 0.1 });

Deno.test("activations() shows every layer's tokens, projections and memberships", () => {
  const config: TostConfig = { ...vision, depth: 3 };
  const layers = activations(tost, fill(tost.specs(config)), sines(2, 16, 16, 3), config);
  assertEquals(
    layers.map((layer) =>
      Object.fromEntries(Object.entries(layer).map(([name, { shape }]) => [name, shape]))
    ),
    Array(3).fill({ tokens: [2, 4, 16], projections: [2, 2, 4, 8], memberships: [2, 2, 4] }),
  );
});

Deno.test("forward() names the parameter that a checkpoint lacks", () => {
  const { "head.bias": _, "head.weight": __, ...parameters } = fill(tost.specs(vision));
  assertThrows(
    () => tost.forward(parameters, sines(2, 16, 16, 3), vision),
    MissingParameter,
    'needs a parameter "weight"',
  );
});
