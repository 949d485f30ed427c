/**
 * Loads captioned photographs from the user's shards.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { loadShards } from "../../lib/data/shards.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Count } from "../../lib/nn/config.ts";

/** Loads captioned photographs: `images` uint8 `[n, 224, 224, 3]`, `captions` int32 `[n, 40]` of BERT's word pieces. */
export const loadCaptionedShards = task({
  name: "load-captioned-shards",
  about: "Loads captioned photographs from shards.",
  params: Schema.Struct({
    count: Count,
    split: Schema.Literals(["train", "known", "test"]),
    seed: Schema.Int,
  }),
  inputs: {},
  output: Dataset,
  // What is done with them takes a GPU: better to know before decoding for days.
  uses: ["captioned-shards", "gpu"],
  run: ({ params }) => loadShards(params),
});
