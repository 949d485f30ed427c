/**
 * ToST's weights as the authors' programs name them.
 *
 * @module
 */
import type { LanguageConfig } from "./language.ts";
import { type Correspondence, linearEntries, normEntries } from "./state_dict.ts";
import { tost, type TostConfig } from "./tost.ts";
import { tostLanguage } from "./tost_language.ts";

/** The image classifier with its convolutional stem, from `tost_vision/tost.py` of the authors' program. */
export const tostStateDict: Correspondence<TostConfig> = {
  network: tost,
  passedOver: /\.num_batches_tracked$/,
  entries: ({ patch }) => [
    // Every second module of the stem is a GELU.
    ...Array.from({ length: Math.log2(patch) }, (_, index) => index).flatMap((index) =>
      [
        [`stem.${index}.kernel`, `patch_embed.proj.${2 * index}.0.weight`, { kernel: 3 }],
        ...normEntries(`stem.${index}.norm`, `patch_embed.proj.${2 * index}.1`),
        [`stem.${index}.norm.mean`, `patch_embed.proj.${2 * index}.1.running_mean`, "same"],
        [`stem.${index}.norm.variance`, `patch_embed.proj.${2 * index}.1.running_var`, "same"],
      ] as const
    ),
    ["position.weight", "pos_embeder.token_projection.weight", { kernel: 1 }],
    ["position.bias", "pos_embeder.token_projection.bias", "same"],
    ...normEntries("blocks.*.norm1", "blocks.*.norm1"),
    ...linearEntries("blocks.*.attention.projection", "blocks.*.attn.qkv"),
    ["blocks.*.attention.temperature", "blocks.*.attn.temp", "same"],
    ...linearEntries("blocks.*.attention.output", "blocks.*.attn.to_out.0"),
    ["blocks.*.scale1", "blocks.*.gamma1", "same"],
    ...normEntries("blocks.*.norm2", "blocks.*.norm2"),
    ...linearEntries("blocks.*.mlp.up", "blocks.*.mlp.fc1"),
    ...linearEntries("blocks.*.mlp.down", "blocks.*.mlp.fc2"),
    ["blocks.*.scale2", "blocks.*.gamma2", "same"],
    ["class_token", "cls_token", "same"],
    ...normEntries("class_blocks.*.norm1", "cls_attn_blocks.*.norm1"),
    ...linearEntries("class_blocks.*.attention.qkv", "cls_attn_blocks.*.attn.qkv"),
    ...linearEntries("class_blocks.*.attention.output", "cls_attn_blocks.*.attn.proj"),
    ["class_blocks.*.scale1", "cls_attn_blocks.*.gamma1", "same"],
    ...normEntries("class_blocks.*.norm2", "cls_attn_blocks.*.norm2"),
    ...linearEntries("class_blocks.*.mlp.up", "cls_attn_blocks.*.mlp.fc1"),
    ...linearEntries("class_blocks.*.mlp.down", "cls_attn_blocks.*.mlp.fc2"),
    ["class_blocks.*.scale2", "cls_attn_blocks.*.gamma2", "same"],
    ...normEntries("norm", "norm"),
    ...linearEntries("head", "head"),
  ],
};

/** The language model, from `tost_lang/model_TSSA.py` of the authors' program. */
export const tostLanguageStateDict: Correspondence<LanguageConfig> = {
  network: tostLanguage,
  // The mask, and the head, which is the table that embeds.
  passedOver: /^(transformer\.h\.\d+\.attn\.bias|lm_head\.weight)$/,
  entries: () => [
    ["embedding", "transformer.wte.weight", "same"],
    ["position", "transformer.wpe.weight", "same"],
    ["blocks.*.norm1.gain", "transformer.h.*.ln_1.weight", "same"],
    ["blocks.*.attention.projection.weight", "transformer.h.*.attn.c_attn.weight", "transposed"],
    ["blocks.*.attention.temperature", "transformer.h.*.attn.temp", "same"],
    ["blocks.*.attention.energy_bias", "transformer.h.*.attn.denom_bias", "same"],
    ["blocks.*.attention.output.weight", "transformer.h.*.attn.c_proj.weight", "transposed"],
    ["blocks.*.scale1", "transformer.h.*.gamma1", "same"],
    ["blocks.*.norm2.gain", "transformer.h.*.ln_2.weight", "same"],
    ["blocks.*.mlp.up.weight", "transformer.h.*.mlp.c_fc.weight", "transposed"],
    ["blocks.*.mlp.down.weight", "transformer.h.*.mlp.c_proj.weight", "transposed"],
    ["blocks.*.scale2", "transformer.h.*.gamma2", "same"],
    ["norm.gain", "transformer.ln_f.weight", "same"],
  ],
};
