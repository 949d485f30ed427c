/**
 * Maps of memberships over images.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Running } from "../dag/running.ts";
import type { Checkpoint } from "../kinds/checkpoint.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { firstRows } from "./examples.ts";
import { layersOf } from "./layers.ts";

/**
 * To which head the patches of a few images belong, in the last layer of a ToST classifier before and after training.
 *
 * @returns `images` uint8 [n, H, W, C], and `untrained` and `trained` float32 [n, heads, patches].
 */
export const mapMemberships = Effect.fnUntraced(function* (
  checkpoints: Readonly<Record<"untrained" | "trained", Checkpoint>>,
  data: Dataset,
  count: number,
): Effect.fn.Return<Dataset, unknown, Running> {
  const untrained = (yield* layersOf(checkpoints.untrained, data, count)).at(-1)!;
  const trained = (yield* layersOf(checkpoints.trained, data, count)).at(-1)!;
  const [images, heads, tokens] = trained.shape;
  return {
    about: { ...data.about, memberships: "the last layer" },
    tensors: {
      images: firstRows(data.tensors.images!, images),
      untrained: tensor("float32", [images, heads, tokens], untrained.memberships),
      trained: tensor("float32", [images, heads, tokens], trained.memberships),
    },
  };
});
