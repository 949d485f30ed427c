import { assert, assertEquals, assertThrows } from "@std/assert";
import type { CrateConfig } from "../../lib/nn/crate.ts";
import { crateLanguageStateDict, crateStateDict } from "../../lib/nn/official_crate.ts";
import { tostLanguageStateDict, tostStateDict } from "../../lib/nn/official_tost.ts";
import { vitStateDict } from "../../lib/nn/official_vit.ts";
import {
  type Correspondence,
  exportStateDict,
  importStateDict,
  StateDictError,
} from "../../lib/nn/state_dict.ts";
import type { TostConfig } from "../../lib/nn/tost.ts";
import { tensor } from "../../lib/tensor/array.ts";
import { decodeSafetensors } from "../../lib/tensor/safetensors.ts";
import { type Arrays, toTensor, toTensors, under } from "../../lib/tensor/tensors.ts";
import "./tensorflow.ts";

const small = { width: 16, depth: 2, heads: 2 };
const image = { side: 8, channels: 3, patch: 4, classes: 3 };
const text = { vocabulary: 11, context: 8 };
const crateConfig: CrateConfig = {
  ...small,
  ...image,
  ...{ step: 0.1, sparsity: 0.1, output: "free", prox: "ista", pool: "class" },
};
const tostConfig: TostConfig = {
  ...small,
  ...{ ...image, side: 16, patch: 8 },
  ...{ stem: "convolution", classBlocks: 2, layerScale: 1, form: "code" },
};

/** What a file of `fixtures/parity` holds. */
function held(
  name: string,
): { readonly weights: Arrays; readonly input: Arrays[string]; readonly logits: Arrays[string] } {
  const url = new URL(`../fixtures/parity/${name}.safetensors`, import.meta.url);
  const { tensors } = decodeSafetensors(Deno.readFileSync(url));
  return { weights: under(tensors, "model."), input: tensors.input!, logits: tensors.logits! };
}

function testParity<Config>(name: string, correspondence: Correspondence<Config>, config: Config): void {
  Deno.test(`${correspondence.network.name} computes what the authors' program does with its weights`, () => {
    const { weights, input, logits } = held(name);
    const parameters = importStateDict(correspondence, config, weights);
    const ours = correspondence.network.forward(toTensors(parameters), toTensor(input), config).dataSync();
    const worst = Math.max(
      ...Array.from(logits.data as Float32Array, (value, i) => Math.abs(value - ours[i]!)),
    );
    assertEquals(ours.length, logits.data.length);
    assert(worst <= 1e-5, `logits differ by ${worst}`);
  });

  Deno.test(`the weights of ${correspondence.network.name} go out by the names they came in with`, () => {
    const { weights } = held(name);
    const parameters = importStateDict(correspondence, config, weights);
    assertEquals(exportStateDict(correspondence, config, parameters), weights);
  });
}

testParity("crate", crateStateDict, crateConfig);
testParity("crate_language", crateLanguageStateDict, { ...small, ...text, step: 0.1, sparsity: 0.1 });
testParity("tost", tostStateDict, tostConfig);
testParity("tost_language", tostLanguageStateDict, { ...small, ...text, layerScale: 1 });
testParity("vit", vitStateDict, { ...small, ...image, depth: 1 });

Deno.test("importStateDict() passes over masks, counters and the head that is a table", () => {
  const { weights } = held("crate_language");
  const mask = tensor("float32", [1, 1, 8, 8], new Float32Array(64));
  const whole = {
    ...weights,
    "transformer.h.0.attn.bias": mask,
    "lm_head.weight": weights["transformer.wte.weight"]!,
  };
  const config = { ...small, ...text, step: 0.1, sparsity: 0.1 };
  assertEquals(
    importStateDict(crateLanguageStateDict, config, whole),
    importStateDict(crateLanguageStateDict, config, weights),
  );
});

Deno.test("importStateDict() names what is missing, too many, of another shape or dtype", () => {
  const { weights } = held("crate");
  const refused = (entries: Arrays, message: string, config = crateConfig) =>
    assertThrows(() => importStateDict(crateStateDict, config, entries), StateDictError, message);

  const { cls_token: _, ...without } = weights;
  refused(without, 'the state dict has no entry "cls_token", which crate of this configuration needs');
  refused({ ...without, class_token: weights.cls_token! }, '(it has "class_token" instead)');
  refused(
    { ...weights, ema: weights.cls_token! },
    'has an entry "ema" that crate of this configuration does not know',
  );
  refused(
    weights,
    'the state dict\'s "mlp_head.1.weight" has the shape [3,16] where crate of this configuration has [10,16]',
    { ...crateConfig, classes: 10 },
  );
  refused(
    { ...weights, cls_token: tensor("float64", [1, 1, 16], new Float64Array(16)) },
    'the state dict\'s "cls_token" is float64: save float32 values',
  );
  refused(weights, 'a parameter "blocks.0.attention.scale" that no official checkpoint of it holds', {
    ...crateConfig,
    output: "tied",
  });
});
