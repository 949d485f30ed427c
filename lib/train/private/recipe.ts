/**
 * Recipes of private training.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import { Count } from "../../nn/config.ts";
import { Recipe } from "../recipe.ts";

const NotNegative = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0));

/** How a network is trained by DP-SGD, or by the same steps without privacy. */
export const PrivateRecipe = Schema.Struct({
  ...Recipe.fields,
  /** Examples that are computed on at once. A step takes as many such batches as its examples fill. */
  physical: Count,
  /** Steps after which the learning rate would reach its end; the training stops before, or there. */
  horizon: Count,
  /** The greatest norm of an example's gradient, C. */
  clip: Schema.Finite.check(Schema.isGreaterThan(0)),
  /** The noise multiplier σ. */
  noise: NotNegative,
  /** How the examples of a step are drawn. The accountant knows `poisson` alone. */
  draw: Schema.Literals(["poisson", "shuffled"]),
  /**
   * Set on a run that imitates another one's ratio of signal to noise with a smaller batch and, in the same proportion, less
   * noise: how many times larger the other's batch is. Such a run says how the other would go, and is not private.
   */
  imitates: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
});

/** How a network is trained by DP-SGD, or by the same steps without privacy. `batch` is the expected number of examples. */
export type PrivateRecipe = typeof PrivateRecipe.Type;
