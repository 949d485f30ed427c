/**
 * The masked autoencoders' weights as the authors' program names them.
 *
 * @module
 */
import { crateMae, type CrateMaeConfig } from "./crate_mae.ts";
import type { MaeConfig } from "./mae.ts";
import { type Correspondence, type Entry, linearEntries, normEntries } from "./state_dict.ts";
import { vitMae } from "./vit_mae.ts";

/** The fixed positions, of which one table is computed here and the other unused, and a linear map that nothing uses. */
const passedOver = /^(pos_embed|decoder_pos_embed|decoder_embed\.(weight|bias))$/;

/** CRATE-MAE, from `model/crate_ae/crate_ae.py` of the authors' program. */
export const crateMaeStateDict: Correspondence<CrateMaeConfig> = {
  network: crateMae,
  passedOver,
  entries: (config) => [
    ...shellEntries(config),
    ...normEntries("encoder.*.norm1", "blocks.*.layers.0.0.norm"),
    ["encoder.*.attention.projection.weight", "blocks.*.layers.0.0.fn.qkv.weight", "transposed"],
    ...linearEntries("encoder.*.attention.output", "blocks.*.layers.0.0.fn.to_out.0"),
    ...normEntries("encoder.*.norm2", "blocks.*.layers.0.1.norm"),
    ["encoder.*.dictionary", "blocks.*.layers.0.1.fn.weight", "same"],
    ...normEntries("decoder.*.norm1", "decoder_blocks.*.layers.0.0.norm"),
    ["decoder.*.dictionary", "decoder_blocks.*.layers.0.0.fn.weight", "same"],
    ...normEntries("decoder.*.norm2", "decoder_blocks.*.layers.0.1.norm"),
    ["decoder.*.attention.projection.weight", "decoder_blocks.*.layers.0.1.fn.qkv.weight", "transposed"],
    ...linearEntries("decoder.*.attention.output", "decoder_blocks.*.layers.0.1.fn.to_out.0"),
  ],
};

/** ViT-MAE, from the same file, with the blocks of timm. */
export const vitMaeStateDict: Correspondence<MaeConfig> = {
  network: vitMae,
  passedOver,
  entries: (config) => [
    ...shellEntries(config),
    ...blockEntries("encoder.*", "blocks.*"),
    ...blockEntries("decoder.*", "decoder_blocks.*"),
  ],
};

function shellEntries({ patch }: MaeConfig): readonly Entry[] {
  return [
    ["patch.weight", "patch_embed.proj.weight", { kernel: patch }],
    ["patch.bias", "patch_embed.proj.bias", "same"],
    ["class_token", "cls_token", "same"],
    ["mask_token", "mask_token", "same"],
    ...normEntries("encoder_norm", "norm"),
    ...normEntries("decoder_norm", "decoder_norm"),
    ...linearEntries("prediction", "decoder_pred"),
  ];
}

function blockEntries(ours: string, official: string): readonly Entry[] {
  return [
    ...normEntries(`${ours}.norm1`, `${official}.norm1`),
    [`${ours}.attention.qkv.weight`, `${official}.attn.qkv.weight`, "transposed"],
    ...linearEntries(`${ours}.attention.output`, `${official}.attn.proj`),
    ...normEntries(`${ours}.norm2`, `${official}.norm2`),
    ...linearEntries(`${ours}.mlp.up`, `${official}.mlp.fc1`),
    ...linearEntries(`${ours}.mlp.down`, `${official}.mlp.fc2`),
  ];
}
