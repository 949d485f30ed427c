/**
 * Assay measures again what papers claim.
 *
 * Declare a step with {@linkcode task}, wire steps into a {@linkcode pipeline} with {@linkcode claim}s, and
 * {@linkcode reproduce} runs what is stale and judges. The ten papers are in `pipelines/`.
 *
 * @example A task, a node, a plan
 * ```ts
 * import * as Schema from "effect/Schema";
 * import * as Effect from "effect/Effect";
 * import { label, Metrics, task } from "@assay/assay";
 * import { assertEquals } from "@std/assert";
 *
 * const double = task({
 *   name: "double",
 *   params: Schema.Struct({ number: Schema.Finite }),
 *   inputs: {},
 *   output: Metrics,
 *   run: ({ params }) => Effect.succeed({ doubled: 2 * params.number }),
 * });
 *
 * const node = double({ number: 21 }, {});
 * assertEquals(label(node), label(double({ number: 21 }, {})));
 * ```
 *
 * @module
 */
export * from "./lib/assemble.ts";
export * from "./lib/claim/claim.ts";
export * from "./lib/claim/expectation.ts";
export * from "./lib/claim/interval.ts";
export * from "./lib/claim/measure.ts";
export * from "./lib/claim/verdict.ts";
export * from "./lib/dag/canonical.ts";
export * from "./lib/dag/capability.ts";
export * from "./lib/dag/errors.ts";
export * from "./lib/dag/event.ts";
export * from "./lib/dag/kind.ts";
export * from "./lib/dag/ledger.ts";
export * from "./lib/dag/node.ts";
export * from "./lib/dag/objects.ts";
export * from "./lib/dag/pipeline.ts";
export * from "./lib/dag/plan.ts";
export * from "./lib/dag/record.ts";
export * from "./lib/dag/records.ts";
export * from "./lib/dag/running.ts";
export * from "./lib/dag/scheduler.ts";
export * from "./lib/dag/staleness.ts";
export * from "./lib/dag/store.ts";
export * from "./lib/dag/task.ts";
export * from "./lib/kinds/checkpoint.ts";
export * from "./lib/kinds/dataset.ts";
export * from "./lib/kinds/figure.ts";
export * from "./lib/kinds/metrics.ts";
export * from "./lib/kinds/table.ts";
export * from "./lib/kinds/text.ts";
export * from "./lib/reproduce.ts";
export * from "./lib/tensor/array.ts";
