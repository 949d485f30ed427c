import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { TostConfig } from "../../lib/nn/tost.ts";
import { tostStateDict } from "../../lib/nn/official_tost.ts";
import { readWeights, WeightsFile } from "../../lib/nn/read_weights.ts";

/**
 * Reads weights of ToST from the authors' program: a state dict that
 * `safetensors.torch.save_file(model.state_dict(), "tost.safetensors")` has written.
 */
export const loadTostWeights = task({
  name: "load-tost-weights",
  about: "Reads weights of ToST from the authors' program, as safetensors.",
  params: Schema.Struct({ net: TostConfig, ...WeightsFile.fields }),
  inputs: {},
  output: Checkpoint,
  files: ({ file }) => [file],
  run: ({ params: { net, ...weights } }) => readWeights(tostStateDict, net, weights),
});
