import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { votesFigure, type VotingCurve } from "../../lib/report/figure_votes.ts";

/** Draws what votes make of attacks on a model. */
export const drawVotes = task({
  name: "draw-votes",
  about: "Draws what votes make of attacks on a model.",
  params: Schema.Struct({ name: Schema.String }),
  inputs: { votes: Metrics },
  output: Figure,
  light: true,
  run: ({ params: { name }, inputs: { votes } }) =>
    Effect.promise(async () =>
      votesFigure(await takePen(), { name, laws: votes.laws as unknown as VotingCurve["laws"] })
    ),
});
