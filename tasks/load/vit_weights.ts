import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { VitConfig } from "../../lib/nn/vit.ts";
import { vitStateDict } from "../../lib/nn/official_vit.ts";
import { readWeights, WeightsFile } from "../../lib/nn/read_weights.ts";

/**
 * Reads weights of ViT from timm: a state dict that
 * `safetensors.torch.save_file(model.state_dict(), "vit.safetensors")` has written.
 */
export const loadVitWeights = task({
  name: "load-vit-weights",
  about: "Reads weights of ViT from timm, as safetensors.",
  params: Schema.Struct({ net: VitConfig, ...WeightsFile.fields }),
  inputs: {},
  output: Checkpoint,
  files: ({ file }) => [file],
  run: ({ params: { net, ...weights } }) => readWeights(vitStateDict, net, weights),
});
