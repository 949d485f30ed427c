/**
 * A small pipeline's nodes and what a scheduler tells of them, for the tests of what shows them.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { NodeError } from "../../lib/dag/errors.ts";
import type { Node } from "../../lib/dag/node.ts";
import type { NodeRecord } from "../../lib/dag/record.ts";
import { task } from "../../lib/dag/task.ts";
import { Dataset } from "../../lib/kinds/dataset.ts";
import { Metrics } from "../../lib/kinds/metrics.ts";

const never = () => Effect.die("a fixture's tasks never run");

export const loadDigits = task({
  name: "load-digits",
  params: Schema.Struct({ count: Schema.Int }),
  inputs: {},
  output: Dataset,
  run: never,
});

export const train = task({
  name: "train-classifier",
  params: Schema.Struct({ net: Schema.String, seed: Schema.Int }),
  inputs: { data: Dataset },
  output: Metrics,
  run: never,
});

/** One dataset. */
export const digits = loadDigits({ count: 100 }, {});

/** Three trainings on it. */
export const trainings = [1, 2, 3].map((seed) => train({ net: "tost", seed }, { data: digits }));

/** What the store keeps of a node that ran. */
export function recordOf(node: Node, given: Partial<NodeRecord> = {}): NodeRecord {
  const name = node.task.spec.name;
  return {
    version: 1,
    key: "a".repeat(64),
    address: node.address,
    task: name,
    params: node.params,
    inputs: [],
    env: {},
    code: {
      fingerprint: "b".repeat(64),
      bundle: "c".repeat(64),
      module: `tasks/${name}.ts`,
      export: name,
      packages: { effect: "4.1.0" },
    },
    output: { kind: node.kind.name, digest: "d".repeat(64), parts: {} },
    host: { name: "somewhere", deno: "2.9.6", os: "linux", cores: 2 },
    started: "2026-11-24T23:00:00.000Z",
    seconds: 1.5,
    peakMemory: 412.3,
    executor: "process",
    log: [],
    reasons: ["never ran"],
    ...given,
  };
}

/** A node's failure. */
export function failureOf(node: Node): NodeError {
  return new NodeError({
    node: node.task.spec.name,
    reason: "died",
    message: "the worker was killed by the system: out of memory",
    remedy: "give the task more memory in `resources`",
    log: ["step 3", "allocating 12 GB"],
  });
}
