/**
 * ViT's weights as timm names them.
 *
 * @module
 */
import { type Correspondence, linearEntries, normEntries } from "./state_dict.ts";
import { vit, type VitConfig } from "./vit.ts";

/** ViT, from timm's `vision_transformer.py`. */
export const vitStateDict: Correspondence<VitConfig> = {
  network: vit,
  passedOver: /^$/,
  entries: ({ patch }) => [
    ["patch.weight", "patch_embed.proj.weight", { kernel: patch }],
    ["patch.bias", "patch_embed.proj.bias", "same"],
    ["class_token", "cls_token", "same"],
    ["position", "pos_embed", "same"],
    ...normEntries("blocks.*.norm1", "blocks.*.norm1"),
    ...linearEntries("blocks.*.attention.qkv", "blocks.*.attn.qkv"),
    ...linearEntries("blocks.*.attention.output", "blocks.*.attn.proj"),
    ...normEntries("blocks.*.norm2", "blocks.*.norm2"),
    ...linearEntries("blocks.*.mlp.up", "blocks.*.mlp.fc1"),
    ...linearEntries("blocks.*.mlp.down", "blocks.*.mlp.fc2"),
    ...normEntries("norm", "norm"),
    ...linearEntries("head", "head"),
  ],
};
