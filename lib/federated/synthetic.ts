/**
 * Clients made up on purpose: linear and logistic regressions whose true models differ.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { normal, uniform } from "../data/random.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";

const Count = Schema.Int.check(Schema.isGreaterThan(0));

/** Which client, of which federation. */
export const SyntheticClient = Schema.Struct({
  /** The client's number. */
  client: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })),
  /** What is to be told from the features: a number, or a sign drawn by its odds. */
  targets: Schema.Literals(["numbers", "signs"]),
  /** How many features. */
  dimension: Count,
  /** How many examples. */
  examples: Count,
  /** The size of δ: how far this client's true model is from the federation's. */
  shift: Schema.Finite,
  /** The federation's seed. */
  seed: Schema.Int,
});

/** Which client, of which federation. */
export type SyntheticClient = typeof SyntheticClient.Type;

/**
 * Draws a client of Section 6.1 of Scaff-PD: features `a ~ N(0, I)` and targets `⟨a, x̂ + δ⟩`, where x̂ is the
 * federation's and `δ ~ shift · N(0, I)` the client's own. Signs are 1 with probability `1/(1 + exp(−⟨a, x̂ + δ⟩))`.
 *
 * @returns `features` float64 `[examples, dimension]`, `targets` float64 `[examples]`.
 */
export function drawSyntheticClient(
  { client, targets, dimension, examples, shift, seed }: SyntheticClient,
): Dataset {
  const stream = (what: string) => `synthetic/client ${client}/${what}`;
  const own = normal({ seed, stream: stream("shift") }, dimension);
  const truth = normal({ seed, stream: "synthetic/truth" }, dimension)
    .map((entry, i) => entry + shift * own[i]!);
  const features = normal({ seed, stream: stream("features") }, examples * dimension);
  const chance = uniform({ seed, stream: stream("signs") }, examples);
  const answers = Float64Array.from({ length: examples }, (_, row) => {
    let score = 0;
    for (let i = 0; i < dimension; i++) score += features[row * dimension + i]! * truth[i]!;
    if (targets === "numbers") return score;
    return chance[row]! < 1 / (1 + Math.exp(-score)) ? 1 : -1;
  });
  return {
    about: { name: `synthetic ${targets}, client ${client}`, split: "train" },
    tensors: {
      features: tensor("float64", [examples, dimension], features),
      targets: tensor("float64", [examples], answers),
    },
  };
}
