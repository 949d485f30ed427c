import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/data/folder.ts";
import { loadClassifier } from "../../lib/nn/classifier.ts";
import { crate, type CrateConfig } from "../../lib/nn/crate.ts";
import { crateStateDict } from "../../lib/nn/official_crate.ts";
import { importStateDict, StateDictError } from "../../lib/nn/state_dict.ts";
import { decodeSafetensors, encodeSafetensors } from "../../lib/tensor/safetensors.ts";
import { under } from "../../lib/tensor/tensors.ts";
import { loadCrateWeights } from "../../tasks/load/crate_weights.ts";
import { run } from "./run.ts";

const net: CrateConfig = {
  ...{ side: 8, channels: 3, patch: 4, width: 16, depth: 2, heads: 2, classes: 3 },
  ...{ step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" },
};
const normalisation = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };

Deno.test("loadCrateWeights() makes a checkpoint of the authors' state dict", async () => {
  const parity = new URL("../fixtures/parity/crate.safetensors", import.meta.url);
  const weights = under(decodeSafetensors(Deno.readFileSync(parity)).tensors, "model.");
  const file = await Deno.makeTempFile({ suffix: ".safetensors" });
  try {
    await Deno.writeFile(file, encodeSafetensors({ metadata: {}, tensors: weights }));
    const checkpoint = await run(loadCrateWeights, { net, file, ...normalisation }, {});
    const saved = loadClassifier(crate, checkpoint);
    assertEquals(saved.parameters, importStateDict(crateStateDict, net, weights));
    assertEquals([saved.config, saved.normalisation], [net, normalisation]);
    await assertRejects(
      () => run(loadCrateWeights, { net: { ...net, classes: 10 }, file, ...normalisation }, {}),
      StateDictError,
      'the state dict\'s "mlp_head.1.weight" has the shape [3,16]',
    );
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("loadCrateWeights() says which file it cannot read", async () => {
  await assertRejects(
    () => run(loadCrateWeights, { net, file: "/nowhere/crate.safetensors", ...normalisation }, {}),
    DataError,
    "the weights /nowhere/crate.safetensors cannot be read",
  );
});
