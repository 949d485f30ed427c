/** Draws figures from metrics as the tasks get them. */
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { TableError } from "../../lib/data/tables.ts";
import { tabulateMetrics } from "../../tasks/evaluate/tabulate_metrics.ts";
import { drawAccuracies } from "../../tasks/present/accuracies.ts";
import { drawAttentionScaling } from "../../tasks/present/attention_scaling.ts";
import { drawTostLayers } from "../../tasks/present/tost_layers.ts";
import { drawTostLosses } from "../../tasks/present/tost_losses.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { run } from "./run.ts";

Deno.test("drawAccuracies() draws what tabulateMetrics() gathered", async () => {
  const measured = [0.9, 0.92, 0.94, 0.96, 0.5, 0.52, 0.4, 0.42];
  const labels = measured.map((_, index) => ({
    condition: index < 4 ? "clean" : "noisy",
    network: index % 4 < 2 ? "tost" : "softmax",
    seed: index % 2,
  }));
  const accuracies = await run(tabulateMetrics, {
    columns: ["network", "condition", "seed", "accuracy", "data"],
    labels,
  }, { measured: measured.map((accuracy) => ({ accuracy, data: "MNIST" })) });
  const { caption } = await run(drawAccuracies, {}, { accuracies });
  assertMatch(caption, /clean: 4\.0 points below; noisy: 10\.0 points above\. Test accuracy on MNIST/);
});

Deno.test("drawAccuracies() refuses a table of something else", async () => {
  await assertRejects(
    () => run(drawAccuracies, {}, { accuracies: { columns: { network: ["tost"], loss: [1] } } }),
    TableError,
    'no column "condition"; it has network, loss',
  );
});

Deno.test("drawTostLayers() draws one curve a seed", async () => {
  const curves = [{ rate: [1, 0.5] }, { rate: [1, 0.7] }];
  const { svg } = await run(drawTostLayers, {}, { trained: curves, untrained: curves });
  assertEquals(svg.match(/stroke-opacity="0.4"/g)?.length, 4);
});

Deno.test("drawTostLosses() reads the losses that training left in the checkpoints", async () => {
  const trained = (loss: number): Checkpoint => ({
    about: {},
    tensors: { loss: tensor("float32", [50], new Float32Array(50).fill(loss)) },
  });
  const { caption } = await run(drawTostLosses, {}, {
    ...{ tost: [trained(0.25)], softmax: [trained(0.5)] },
    ...{ tostLanguage: [trained(2)], softmaxLanguage: [trained(1.75)], entropies: { bigram: 2.4 } },
  });
  assertMatch(
    caption,
    /ToST ends at 0\.25 nats, softmax at 0\.50\. .* ToST ends at 2\.00 nats, softmax at 1\.75/,
  );
});

Deno.test("drawAttentionScaling() refuses metrics of something else", async () => {
  await assertRejects(() => run(drawAttentionScaling, {}, { scaling: { accuracy: 1 } }), Error, "tokens");
});
