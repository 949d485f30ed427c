import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { membershipAttackFigure } from "../../lib/report/figure_membership_attack.ts";

const Attack = Schema.Struct({
  falsePositive: Schema.Array(Schema.Finite),
  truePositive: Schema.Array(Schema.Finite),
  auc: Schema.Struct({ value: Schema.Finite }),
});

/** Draws attacks on membership by losses, and by likelihood ratios where there are any: of ε = ∞ and of ε = 8. */
export const drawMembershipAttack = task({
  name: "draw-membership-attack",
  about: "Draws how well attacks tell members, and what ε allows.",
  params: Schema.Struct({ delta: Schema.Finite }),
  inputs: { infinite: Metrics, eight: Metrics, two: Metrics, ratios: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ params: { delta }, inputs: { infinite, eight, two, ratios } }) =>
    Effect.gen(function* () {
      const drawn: readonly (readonly [string, string, Metrics | undefined])[] = [
        ["ε = ∞", "#3d9a50", infinite],
        ["ε = 8", "#1f86d1", eight],
        ["ε = 2", "#d9650f", two],
        ["ε = ∞, likelihood ratio", "#8a5fc4", ratios[0]],
        ["ε = 8, likelihood ratio", "#b0477f", ratios[1]],
      ];
      const attacks = [];
      for (const [name, colour, metrics] of drawn) {
        if (metrics === undefined) continue;
        const { auc, ...curve } = yield* Schema.decodeUnknownEffect(Attack)(metrics);
        attacks.push({ name, colour, ...curve, auc: auc.value });
      }
      return membershipAttackFigure(yield* Effect.promise(takePen), attacks, [2, 8], delta);
    }),
});
