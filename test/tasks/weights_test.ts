/** Makes checkpoints of state dicts that the authors' programs wrote. */
import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/data/folder.ts";
import type { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { type ImageConfig, loadClassifier } from "../../lib/nn/classifier.ts";
import type { CrateConfig } from "../../lib/nn/crate.ts";
import { crateStateDict } from "../../lib/nn/official_crate.ts";
import { tostStateDict } from "../../lib/nn/official_tost.ts";
import { vitStateDict } from "../../lib/nn/official_vit.ts";
import type { WeightsFile } from "../../lib/nn/read_weights.ts";
import { type Correspondence, importStateDict, StateDictError } from "../../lib/nn/state_dict.ts";
import type { TostConfig } from "../../lib/nn/tost.ts";
import type { VitConfig } from "../../lib/nn/vit.ts";
import { decodeSafetensors, encodeSafetensors } from "../../lib/tensor/safetensors.ts";
import { under } from "../../lib/tensor/tensors.ts";
import { loadCrateWeights } from "../../tasks/load/crate_weights.ts";
import { loadTostWeights } from "../../tasks/load/tost_weights.ts";
import { loadVitWeights } from "../../tasks/load/vit_weights.ts";
import { run } from "./run.ts";

const normalisation = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
const vit: VitConfig = { side: 8, channels: 3, patch: 4, width: 16, depth: 1, heads: 2, classes: 3 };
const crate: CrateConfig = {
  ...{ ...vit, depth: 2 },
  ...{ step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" },
};
const tost: TostConfig = {
  ...{ ...vit, depth: 2, side: 16, patch: 8 },
  ...{ stem: "convolution", classBlocks: 2, layerScale: 1, form: "code" },
};

/** Loads weights of a network of so and so many classes from a file. */
type Load<Config> = (params: WeightsFile & { readonly net: Config }) => Promise<Checkpoint>;

function testWeights<Config extends ImageConfig>(
  { name, head }: { readonly name: string; readonly head: string },
  correspondence: Correspondence<Config>,
  net: Config,
  load: Load<Config>,
): void {
  Deno.test(`weights of ${name} become a checkpoint, or are refused in words`, async () => {
    const parity = new URL(`../fixtures/parity/${name}.safetensors`, import.meta.url);
    const weights = under(decodeSafetensors(Deno.readFileSync(parity)).tensors, "model.");
    const file = await Deno.makeTempFile({ suffix: ".safetensors" });
    try {
      await Deno.writeFile(file, encodeSafetensors({ metadata: {}, tensors: weights }));
      const saved = loadClassifier(correspondence.network, await load({ net, file, ...normalisation }));
      assertEquals(saved.parameters, importStateDict(correspondence, net, weights));
      assertEquals([saved.config, saved.normalisation], [net, normalisation]);
      await assertRejects(
        () => load({ net: { ...net, classes: 10 }, file, ...normalisation }),
        StateDictError,
        `the state dict's "${head}" has the shape [3,16]`,
      );
    } finally {
      await Deno.remove(file);
    }
  });
}

testWeights(
  { name: "crate", head: "mlp_head.1.weight" },
  crateStateDict,
  crate,
  (params) => run(loadCrateWeights, params, {}),
);
testWeights(
  { name: "tost", head: "head.weight" },
  tostStateDict,
  tost,
  (params) => run(loadTostWeights, params, {}),
);
testWeights(
  { name: "vit", head: "head.weight" },
  vitStateDict,
  vit,
  (params) => run(loadVitWeights, params, {}),
);

Deno.test("loadCrateWeights() says which file it cannot read", async () => {
  await assertRejects(
    () => run(loadCrateWeights, { net: crate, file: "/nowhere/crate.safetensors", ...normalisation }, {}),
    DataError,
    "the weights /nowhere/crate.safetensors cannot be read",
  );
});
