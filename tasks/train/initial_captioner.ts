import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { CaptionerConfig } from "../../lib/nn/captioner.ts";
import { initialCaptioner as initialise } from "../../lib/train/private/start.ts";

/** A captioner before training: drawn by a seed, with the encoder of the one autoencoder that is given, if any. */
export const initialCaptioner = task({
  name: "initial-captioner",
  about: "Draws a captioner's starting values, or takes its encoder from an autoencoder.",
  params: Schema.Struct({ net: CaptionerConfig, seed: Schema.Int }),
  inputs: { pretrained: many(Checkpoint) },
  output: Checkpoint,
  light: true,
  run: ({ params: { net, seed }, inputs: { pretrained } }) =>
    Effect.try({ try: () => initialise(net, seed, pretrained[0]), catch: (error) => error }),
});
