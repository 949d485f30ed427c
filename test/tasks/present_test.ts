/** Draws figures from metrics as the tasks get them. */
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { TableError } from "../../lib/data/tables.ts";
import { tabulateMetrics } from "../../tasks/evaluate/tabulate_metrics.ts";
import { drawAccuracies } from "../../tasks/present/accuracies.ts";
import { drawAttentionScaling } from "../../tasks/present/attention_scaling.ts";
import { drawLayerCurves } from "../../tasks/present/layer_curves.ts";
import { drawTrainingLosses } from "../../tasks/present/training_losses.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { run } from "./run.ts";

Deno.test("drawAccuracies() draws what tabulateMetrics() gathered", async () => {
  const measured = [0.9, 0.92, 0.94, 0.96, 0.5, 0.52, 0.4, 0.42];
  const accuracies = await run(tabulateMetrics, {
    columns: ["network", "condition", "seed", "accuracy", "data"],
    labels: {
      condition: measured.map((_, index) => index < 4 ? "clean" : "noisy"),
      network: measured.map((_, index) => index % 4 < 2 ? "tost" : "softmax"),
      seed: measured.map((_, index) => index % 2),
    },
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

Deno.test("drawLayerCurves() draws one curve a seed", async () => {
  const curves = [{ rate: [1, 0.5] }, { rate: [1, 0.7] }];
  const { caption, svg } = await run(drawLayerCurves, {
    title: "Does the rate fall?",
    note: "On test images.",
    panels: [{ path: "rate", name: "R", axis: "rate" }],
  }, { trained: curves, untrained: curves });
  assertEquals(svg.match(/stroke-opacity="0.4"/g)?.length, 4);
  assertMatch(caption, /^R: from the first layer to the last 1\.00 to 0\.600 after training/);
});

Deno.test("drawTrainingLosses() gives each network of each panel its seeds' checkpoints", async () => {
  const trained = (loss: number): Checkpoint => ({
    about: {},
    tensors: { loss: tensor("float32", [50], new Float32Array(50).fill(loss)) },
  });
  const network = (name: string) => ({ name, colour: "#777777" });
  const { caption, svg } = await run(drawTrainingLosses, {
    title: "Do they learn?",
    seeds: 2,
    panels: [
      { heading: "Images", networks: [network("ToST"), network("softmax")] },
      {
        heading: "Text",
        networks: [network("ToST")],
        reference: { path: "bigram", name: "bigram entropy" },
      },
    ],
  }, { checkpoints: [0.25, 0.5, 1, 2, 3, 4].map(trained), references: [{ bigram: 2.4 }] });
  assertMatch(caption, /Images: ToST at 0\.375, softmax at 1\.50 nats at the end\. Text: ToST at 3\.50 nats/);
  assertMatch(svg, /bigram entropy/);
});

Deno.test("drawAttentionScaling() refuses metrics of something else", async () => {
  await assertRejects(() => run(drawAttentionScaling, {}, { scaling: { accuracy: 1 } }), Error, "tokens");
});
