/**
 * Records: what the store keeps of each execution and of each run.
 *
 * @module
 */
import * as Schema from "effect/Schema";

/** The version of the store's format. A store written by a newer one is refused. */
export const STORE_VERSION = 1;

const Digest = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/));

/** An artifact: its kind, its digest, and its parts as objects with their sizes in bytes. */
export const ArtifactRecord = Schema.Struct({
  kind: Schema.String,
  digest: Digest,
  parts: Schema.Record(Schema.String, Schema.Struct({ digest: Digest, size: Schema.Int })),
});
/** An artifact: its kind, its digest, and its parts as objects with their sizes in bytes. */
export type ArtifactRecord = typeof ArtifactRecord.Type;

/** One artifact wired into a node: by which input, from which node, with which content. */
export const InputRecord = Schema.Struct({
  input: Schema.String,
  task: Schema.String,
  address: Digest,
  key: Digest,
  digest: Digest,
});
/** One artifact wired into a node: by which input, from which node, with which content. */
export type InputRecord = typeof InputRecord.Type;

/** One execution of a node, under its key. The file that holds it is written last: with it the node exists. */
export const NodeRecord = Schema.Struct({
  version: Schema.Literal(STORE_VERSION),
  key: Digest,
  /** The node's place in its graph. */
  address: Digest,
  task: Schema.String,
  params: Schema.Json,
  inputs: Schema.Array(InputRecord),
  /** Declared variables, capabilities' identities, and the execution mode. */
  env: Schema.Record(Schema.String, Schema.String),
  /** The object that holds the reachable code, and the packages outside it by version. */
  code: Schema.Struct({
    fingerprint: Digest,
    bundle: Digest,
    module: Schema.String,
    export: Schema.String,
    packages: Schema.Record(Schema.String, Schema.String),
  }),
  output: ArtifactRecord,
  host: Schema.Struct({ name: Schema.String, deno: Schema.String, os: Schema.String, cores: Schema.Int }),
  /** When it began (ISO 8601), and how long it took in seconds. */
  started: Schema.String,
  seconds: Schema.Finite,
  /** The most memory its process held, in MiB; null when it ran inside the scheduler. */
  peakMemory: Schema.NullOr(Schema.Finite),
  /** Where it ran: `inline`, `process`, `slurm`. */
  executor: Schema.String,
  /** The last lines of its log. */
  log: Schema.Array(Schema.String),
  /** Why it ran. */
  reasons: Schema.Array(Schema.String),
});
/** One execution of a node, under its key. */
export type NodeRecord = typeof NodeRecord.Type;

/** What one node did in a run. */
export const RunNode = Schema.Struct({
  label: Schema.String,
  address: Digest,
  task: Schema.String,
  params: Schema.Json,
  inputs: Schema.Array(Schema.Struct({ input: Schema.String, address: Digest })),
  /** `ran`, `hit`, `failed`, `skipped` (something before it failed), `interrupted`. */
  state: Schema.Literals(["ran", "hit", "failed", "skipped", "interrupted"]),
  key: Schema.NullOr(Digest),
  digest: Schema.NullOr(Digest),
  seconds: Schema.Finite,
  reasons: Schema.Array(Schema.String),
  error: Schema.NullOr(Schema.String),
});
/** What one node did in a run. */
export type RunNode = typeof RunNode.Type;

/** One run: one invocation of `reproduce` on one pipeline. */
export const RunRecord = Schema.Struct({
  version: Schema.Literal(STORE_VERSION),
  /** Sortable: the time it began, and four random digits. */
  id: Schema.String,
  pipeline: Schema.String,
  preset: Schema.String,
  seeds: Schema.Array(Schema.Int),
  started: Schema.String,
  seconds: Schema.Finite,
  outcome: Schema.Literals(["done", "failed", "interrupted"]),
  nodes: Schema.Array(RunNode),
  /** The judged claims, as the pipeline's report shows them. */
  claims: Schema.Array(Schema.Json),
});
/** One run: one invocation of `reproduce` on one pipeline. */
export type RunRecord = typeof RunRecord.Type;
