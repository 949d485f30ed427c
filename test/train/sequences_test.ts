import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { integers } from "../../lib/data/random.ts";
import { measureSequenceAccuracy } from "../../lib/evaluate/sequences.ts";
import type { Dataset } from "../../lib/kinds/dataset.ts";
import { countParameters } from "../../lib/nn/parameters.ts";
import type { SequenceConfig, SequenceNetwork } from "../../lib/nn/sequence.ts";
import { softmaxSequence } from "../../lib/nn/softmax_sequence.ts";
import { tostSequence } from "../../lib/nn/tost_sequence.ts";
import { tensor } from "../../lib/tensor/array.ts";
import type { Recipe } from "../../lib/train/recipe.ts";
import { trainSequences } from "../../lib/train/sequences.ts";
import { runAlone } from "../evaluate/tiny.ts";
import "../nn/tensorflow.ts";

const net: SequenceConfig = {
  ...{ vocabulary: 6, length: 12, width: 16, depth: 2, heads: 2, classBlocks: 1, layerScale: 1, classes: 3 },
};

const recipe: Recipe = {
  ...{ steps: 250, batch: 32, optimiser: "adamw", learningRate: 2e-3, finalLearningRate: 0, warmup: 10 },
  ...{ weightDecay: 0, beta2: 0.99, clip: 1, execution: "graph", seed: 0 },
};

/** Sequences in which only one of the symbols 1, 2 and 3 occurs, once, and tells the label. */
function needles(count: number, seed: number): Dataset {
  const labels = integers({ seed, stream: "labels" }, count, 3);
  const places = integers({ seed, stream: "places" }, count, 12);
  const tokens = integers({ seed, stream: "hay" }, 12 * count, 2).map((draw) => draw === 0 ? 0 : 4 + draw);
  labels.forEach((label, at) => tokens[12 * at + places[at]!] = 1 + label);
  return {
    about: { name: "needles", split: "train", classes: ["a", "b", "c"] },
    tensors: { tokens: tensor("int32", [count, 12], tokens), labels: tensor("int32", [count], labels) },
  };
}

for (const network of [tostSequence, softmaxSequence]) {
  Deno.test(`${network.name} learns which symbol a sequence holds, wherever it stands`, async () => {
    const model = await runAlone(trainSequences(network, net, recipe, needles(1000, 0)));
    const { accuracy, commonest, beyond, count } = await runAlone(
      measureSequenceAccuracy(network, model, needles(250, 1)),
    );
    assertEquals(count, 250);
    assert(Number(accuracy) > 0.95, `${accuracy}`);
    assertEquals(Number(accuracy) - Number(commonest), beyond);
  });
}

Deno.test("the two classifiers of sequences differ in their token mixers alone", () => {
  const counts = (network: SequenceNetwork) => countParameters(network.specs(net));
  // A block of TSSA has 10 d² + 13 d + h parameters, one of softmax attention 12 d² + 15 d.
  assertEquals(counts(softmaxSequence) - counts(tostSequence), 2 * (2 * 16 ** 2 + 2 * 16 - 2));
});

Deno.test("trainSequences() refuses sequences of another length", async () => {
  const other = { ...net, length: 10 };
  const error = await assertRejects(() =>
    runAlone(trainSequences(tostSequence, other, recipe, needles(50, 0)))
  );
  assertStringIncludes(String(error), "has sequences of 12 where the network takes 10");
});
