import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { many } from "../../lib/dag/kind.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";
import { takePen } from "../../lib/report/figure.ts";
import { captionProbesFigure, type ProbedFeatures } from "../../lib/report/figure_caption_probes.ts";

const Probes = Schema.Array(
  Schema.Struct({ shots: Schema.Record(Schema.String, Schema.Finite), full: Schema.Finite }),
);

/** What is drawn, in its order. */
const drawn = {
  pixels: ["pixels", "baseline"],
  random: ["random captioner", "baseline"],
  autoencoder: ["DP-MAE, ε = 8", "peer"],
  two: ["captioner, ε = 2", "captioner"],
  eight: ["captioner, ε = 8", "captioner"],
  tenfold: ["as if 10 × the batch", "imitation"],
  infinite: ["captioner, ε = ∞", "captioner"],
} as const;

/** Draws the accuracies of probes of private features, of what they cost, and of what they must be better than. */
export const drawCaptionProbes = task({
  name: "draw-caption-probes",
  about: "Draws the accuracies of probes of private features.",
  params: Schema.Struct({ shots: Schema.Array(Schema.Int) }),
  inputs: {
    pixels: many(Metrics),
    random: many(Metrics),
    autoencoder: many(Metrics),
    two: many(Metrics),
    eight: many(Metrics),
    tenfold: many(Metrics),
    infinite: many(Metrics),
  },
  output: Figure,
  light: true,
  run: ({ params: { shots }, inputs }) =>
    Effect.gen(function* () {
      const features: ProbedFeatures[] = [];
      for (const [key, [name, kind]] of Object.entries(drawn)) {
        const probes = yield* Schema.decodeUnknownEffect(Probes)(inputs[key as keyof typeof drawn]);
        features.push({
          name,
          kind,
          probes: probes.map((probe) => ({
            shots: shots.map((count) => probe.shots[`k${count}`]!),
            full: probe.full,
          })),
        });
      }
      return captionProbesFigure(yield* Effect.promise(takePen), features, shots);
    }),
});
