import * as Effect from "effect/Effect";
import { attackBySearch, Search } from "../../lib/attack/language/search.ts";
import { task } from "../../lib/dag/task.ts";
import { Checkpoint } from "../../lib/kinds/checkpoint.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { useTensorFlow } from "../../lib/tensor/native.ts";

/** Searches a grammar for content of the channel, asking the model what it makes of each. */
export const attackSearch = task({
  name: "attack-search",
  about: "Searches a grammar for content of the channel, asking the model what it makes of each.",
  params: Search,
  inputs: { model: Checkpoint, data: Dataset },
  output: Dataset,
  uses: ["tensorflow"],
  resources: { cores: 1, memory: 700 },
  run: ({ params, inputs: { model, data } }) =>
    Effect.gen(function* () {
      yield* useTensorFlow;
      return yield* attackBySearch(model, data, params);
    }),
});
