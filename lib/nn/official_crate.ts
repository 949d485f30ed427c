/**
 * CRATE's weights as the authors' programs name them.
 *
 * @module
 */
import { crate, type CrateConfig } from "./crate.ts";
import { crateLanguage, type CrateLanguageConfig } from "./crate_language.ts";
import { type Correspondence, linearEntries, normEntries } from "./state_dict.ts";

/** The image classifier, from `model/crate.py` of the authors' program. */
export const crateStateDict: Correspondence<CrateConfig> = {
  network: crate,
  passedOver: /^$/,
  entries: () => [
    ...normEntries("patch.norm1", "to_patch_embedding.1"),
    ...linearEntries("patch.linear", "to_patch_embedding.2"),
    ...normEntries("patch.norm2", "to_patch_embedding.3"),
    ["class_token", "cls_token", "same"],
    ["position", "pos_embedding", "same"],
    ...normEntries("blocks.*.norm1", "transformer.layers.*.0.norm"),
    ["blocks.*.attention.projection.weight", "transformer.layers.*.0.fn.qkv.weight", "transposed"],
    ...linearEntries("blocks.*.attention.output", "transformer.layers.*.0.fn.to_out.0"),
    ...normEntries("blocks.*.norm2", "transformer.layers.*.1.norm"),
    ["blocks.*.dictionary", "transformer.layers.*.1.fn.weight", "same"],
    ...normEntries("norm", "mlp_head.0"),
    ...linearEntries("head", "mlp_head.1"),
  ],
};

/** The language model, from `model/crate_gpt.py` of the authors' program. */
export const crateLanguageStateDict: Correspondence<CrateLanguageConfig> = {
  network: crateLanguage,
  // The mask, and the head, which is the table that embeds.
  passedOver: /^(transformer\.h\.\d+\.attn\.bias|lm_head\.weight)$/,
  entries: () => [
    ["embedding", "transformer.wte.weight", "same"],
    ["position", "transformer.wpe.weight", "same"],
    ...normEntries("blocks.*.norm1", "transformer.h.*.prenorm_1"),
    ["blocks.*.attention.projection.weight", "transformer.h.*.attn.c_attn.weight", "transposed"],
    ...linearEntries("blocks.*.attention.output", "transformer.h.*.attn.c_proj"),
    ...normEntries("blocks.*.norm2", "transformer.h.*.prenorm_2"),
    ["blocks.*.dictionary", "transformer.h.*.ista.weight", "same"],
  ],
};
