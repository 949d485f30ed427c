import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { turningPoint, valueAcross } from "../../lib/mcr2/optima.ts";

/**
 * Finds, for classes of one size, the λ from which on F(0) = 0 is above the point that theorem 1 (ii) calls global, as a
 * share of λ_max: `turns`, one for each number of classes, and `curves`, the value of a direction at shares of λ_max.
 */
export const rateTurningPoints = task({
  name: "rate-turning-points",
  about: "Finds the λ beyond which nothing is better than the global optimum of theorem 1.",
  params: Schema.Struct({ classes: Schema.Array(Schema.Int.check(Schema.isGreaterThan(1))) }),
  inputs: {},
  output: Metrics,
  light: true,
  run: ({ params: { classes } }) =>
    Effect.sync(() => {
      const sizes = (count: number) => ({
        dimension: 10 * count,
        counts: new Array<number>(count).fill(10),
        epsilon: 0.5,
      });
      const shares = Array.from({ length: 100 }, (_, index) => (index + 1) / 100);
      const turns = classes.map((count) => turningPoint(sizes(count), 0) ?? 1);
      return {
        classes,
        turns,
        lowest: Math.min(...turns),
        shares,
        curves: classes.map((count) => valueAcross(sizes(count), shares)),
      };
    }),
});
