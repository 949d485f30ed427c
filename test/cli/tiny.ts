/**
 * A tiny paper for the tests of the command line: draws numbers, averages them, counts down for a while.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { claim } from "../../lib/claim/claim.ts";
import { above, atLeast, atMost, between } from "../../lib/claim/expectation.ts";
import { difference, metric } from "../../lib/claim/measure.ts";
import { many } from "../../lib/dag/kind.ts";
import { pipeline } from "../../lib/dag/pipeline.ts";
import { Running } from "../../lib/dag/running.ts";
import { task } from "../../lib/dag/task.ts";
import { Figure } from "../../lib/kinds/figure.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

export const draw = task({
  name: "draw",
  about: "Draws numbers between 0 and 1.",
  params: Schema.Struct({ count: Schema.Int.check(Schema.isGreaterThan(0)), seed: Schema.Int }),
  inputs: {},
  output: Metrics,
  light: true,
  run: ({ params }) =>
    Effect.sync(() => {
      let state = params.seed + 1;
      const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
      return { values: Array.from({ length: params.count }, next) };
    }),
});

export const average = task({
  name: "average",
  params: Schema.Struct({ offset: Schema.Finite }),
  inputs: { sample: Metrics },
  output: Metrics,
  light: true,
  run: ({ params, inputs }) => {
    const values = inputs.sample.values as readonly number[];
    return Effect.succeed({ mean: values.reduce((sum, x) => sum + x, 0) / values.length + params.offset });
  },
});

export const countDown = task({
  name: "count-down",
  params: Schema.Struct({ steps: Schema.Int, pause: Schema.Finite, fails: Schema.Boolean }),
  inputs: { after: Metrics },
  output: Metrics,
  run: ({ params: { steps, pause, fails } }) =>
    Effect.gen(function* () {
      const { report, log } = yield* Running;
      for (let step = 1; step <= steps; step++) {
        yield* Effect.sleep(`${pause} millis`);
        report({ step, total: steps, values: { left: steps - step } });
      }
      log("the count is down");
      if (fails) return yield* Effect.fail(new TypeError("the count went wrong"));
      return { steps };
    }),
});

export const weigh = task({
  name: "weigh",
  params: Schema.Struct({}),
  inputs: { sample: Metrics },
  output: Metrics,
  resources: { gpu: 1 },
  run: () => Effect.succeed({ weight: 1 }),
});

export const dots = task({
  name: "dots",
  params: Schema.Struct({}),
  inputs: { averages: many(Metrics) },
  output: Figure,
  light: true,
  run: ({ inputs }) => {
    const circles = inputs.averages.map(({ mean }, index) =>
      `<circle cx="${(index + 1) * 60}" cy="${120 - 100 * (mean as number)}" r="6"/>`
    );
    return Effect.succeed({
      title: "Do the means lie near a half?",
      caption: "Each dot is the mean of one seed's numbers; the line is at one half.",
      svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 260 130" width="520" height="260" ` +
        `fill="currentColor">${circles.join("")}<path d="M20 70H240" stroke="currentColor"/></svg>`,
    });
  },
});

export const tiny = pipeline({
  name: "tiny",
  about: "Means of uniform numbers.",
  paper: {
    title: "On the mean of numbers between nought and one",
    authors: "A. Author, B. Other",
    year: 2024,
  },
  presets: {
    smoke: { count: 5, steps: 2, pause: 1 },
    quick: { count: 500, steps: 20, pause: 20 },
    laptop: { count: 1000, steps: 3000, pause: 20 },
    paper: { count: 10_000, steps: 10, pause: 20 },
  },
  build: ({ preset, name, seeds }) => {
    const samples = seeds.map((seed) => draw({ count: preset.count, seed }, {}));
    const averages = samples.map((sample) => average({ offset: 0 }, { sample }));
    const shifted = samples.map((sample) => average({ offset: 0.4 }, { sample }));
    const counted = countDown({ steps: preset.steps, pause: preset.pause, fails: false }, {
      after: samples[0]!,
    });
    return {
      figures: [dots({}, { averages })],
      also: name === "paper" ? [weigh({}, { sample: samples[0]! })] : [],
      claims: [
        claim({
          id: "C1",
          source: "Theorem 1",
          says: "the mean of numbers drawn uniformly between nought and one is near a half",
          measure: metric(averages, "mean"),
          paper: 0.5,
          expect: between(0, 1),
        }),
        claim({
          id: "C2",
          source: "Table 1",
          says: "shifted by 0.4, it is below 0.6",
          measure: metric(shifted, "mean"),
          expect: atMost(0.6),
          note: "The paper draws a million numbers.",
        }),
        claim({
          id: "C3",
          source: "Table 2",
          says: "with a single seed one can tell",
          measure: metric([averages[0]!], "mean"),
          expect: above(0.4),
        }),
        claim({
          id: "C4",
          source: "Fig. 3",
          says: "the count goes down to nought",
          measure: {
            nodes: [counted],
            read: ([one]) => ({ value: one!.steps as number, low: 1, high: 99, n: 1 }),
          },
          expect: atLeast(0),
          unit: "steps",
        }),
        claim({
          id: "C5",
          source: "§5",
          says: "the shift shows as itself",
          measure: difference(shifted, averages, "mean", 100),
          expect: between(39, 41),
          unit: "points",
          extension: true,
        }),
        claim({
          id: "C6",
          source: "§6",
          says: "it holds for all numbers whatsoever",
          expect: atLeast(1),
          outOfScale: "there are too many of them; the paper preset looks at more",
        }),
      ],
    };
  },
});
