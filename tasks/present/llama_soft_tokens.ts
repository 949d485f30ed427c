import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { type LlamaAttack, llamaSoftTokensFigure } from "../../lib/report/figure_llama_soft_tokens.ts";

/** Draws how soft tokens turn a language model. */
export const drawLlamaSoftTokens = task({
  name: "draw-llama-soft-tokens",
  about: "Draws how soft tokens turn a language model.",
  params: Schema.Struct({}),
  inputs: { attack: Metrics },
  output: Figure,
  light: true,
  run: ({ inputs: { attack } }) =>
    Effect.promise(async () => llamaSoftTokensFigure(await takePen(), attack as unknown as LlamaAttack)),
});
