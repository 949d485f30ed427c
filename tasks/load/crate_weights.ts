import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { CrateConfig } from "../../lib/nn/crate.ts";
import { crateStateDict } from "../../lib/nn/official_crate.ts";
import { readWeights, WeightsFile } from "../../lib/nn/read_weights.ts";

/**
 * Reads weights of CRATE from the authors' program: a state dict that
 * `safetensors.torch.save_file(model.state_dict(), "crate.safetensors")` has written.
 */
export const loadCrateWeights = task({
  name: "load-crate-weights",
  about: "Reads weights of CRATE from the authors' program, as safetensors.",
  params: Schema.Struct({ net: CrateConfig, ...WeightsFile.fields }),
  inputs: {},
  output: Checkpoint,
  files: ({ file }) => [file],
  run: ({ params: { net, ...weights } }) => readWeights(crateStateDict, net, weights),
});
