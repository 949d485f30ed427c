import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { membershipsFigure } from "../../lib/report/figure_memberships.ts";

/** Draws to which head each patch of a few images belongs, before and after training. */
export const drawTostMemberships = task({
  name: "draw-tost-memberships",
  about: "Draws to which head each patch of a few images belongs.",
  params: Schema.Struct({}),
  inputs: { maps: Dataset },
  output: Figure,
  light: true,
  run: ({ inputs: { maps: { tensors } } }) =>
    Effect.sync(() => {
      const { images, untrained, trained } = tensors;
      return membershipsFigure({
        images: { data: images!.data as Uint8Array, shape: images!.shape },
        memberships: { untrained: untrained!.data as Float32Array, trained: trained!.data as Float32Array },
        heads: trained!.shape[1]!,
      });
    }),
});
