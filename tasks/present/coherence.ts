import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { coherence, cosines } from "../../lib/evaluate/coherence.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { coherenceFigure } from "../../lib/report/figure_coherence.ts";

const Config = Schema.Struct({ depth: Schema.Int, heads: Schema.Int });

/** Draws how coherent the subspaces of CRATE's first and last layers are, before training and after. */
export const drawCoherence = task({
  name: "draw-coherence",
  about: "Draws the coherence of the subspaces of CRATE's first and last layers.",
  params: Schema.Struct({}),
  inputs: { untrained: Checkpoint, trained: Checkpoint },
  output: Figure,
  light: true,
  run: ({ inputs: { untrained, trained } }) =>
    Effect.gen(function* () {
      const { depth, heads } = yield* Schema.decodeUnknownEffect(Config)(trained.about.config);
      const map = (when: string, { tensors }: Checkpoint, layer: number) => {
        const projection = tensors[`parameters.blocks.${layer}.attention.projection.weight`]!;
        return {
          name: `layer ${layer + 1}, ${when}`,
          cosines: cosines(projection),
          between: coherence(projection, heads).between,
        };
      };
      return coherenceFigure(heads, [
        map("untrained", untrained, 0),
        map("trained", trained, 0),
        map("untrained", untrained, depth - 1),
        map("trained", trained, depth - 1),
      ]);
    }),
});
