/**
 * Records: what the store keeps of each execution and of each run.
 *
 * @module
 */
import * as Schema from "effect/Schema";
import type { Json } from "./canonical.ts";
import type { Overrides } from "./node.ts";

/** The version of the store's format. A store written by a newer one is refused. */
export const STORE_VERSION = 1;

/** An artifact: its kind, its digest, and its parts. */
export interface ArtifactRecord {
  /** The kind's name. */
  readonly kind: string;
  /** The hash of the kind and of the parts' digests. */
  readonly digest: string;
  /** Each part's object and its size in bytes, by the part's name. */
  readonly parts: Readonly<Record<string, { readonly digest: string; readonly size: number }>>;
}

/** One artifact wired into a node: by which input, from which node, with which content. */
export interface InputRecord {
  /** The input's name. */
  readonly input: string;
  /** The task that made it. */
  readonly task: string;
  /** The address of the node that made it. */
  readonly address: string;
  /** That node's key. */
  readonly key: string;
  /** The artifact's digest. */
  readonly digest: string;
}

/** One execution of a node, under its key. The file that holds it is written last: with it the node exists. */
export interface NodeRecord {
  /** The version of the store's format. */
  readonly version: typeof STORE_VERSION;
  /** The key: what decided that it had to run. */
  readonly key: string;
  /** The node's place in its graph. */
  readonly address: string;
  /** The task's name. */
  readonly task: string;
  /** The parameters, encoded. */
  readonly params: Json;
  /** The artifacts wired in. */
  readonly inputs: readonly InputRecord[];
  /** Declared variables and files, and the capabilities' identities. */
  readonly env: Readonly<Record<string, string>>;
  /** The code that ran. */
  readonly code: {
    /** The hash of the bundle and of the packages' versions. */
    readonly fingerprint: string;
    /** The object that holds the reachable code. */
    readonly bundle: string;
    /** The module that declares the task, from the project's folder. */
    readonly module: string;
    /** The export that is the task. */
    readonly export: string;
    /** The packages that it imports, by name, with their versions. */
    readonly packages: Readonly<Record<string, string>>;
  };
  /** The artifact. */
  readonly output: ArtifactRecord;
  /** The machine. */
  readonly host: {
    readonly name: string;
    readonly deno: string;
    readonly os: string;
    readonly cores: number;
  };
  /** When it began (ISO 8601). */
  readonly started: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** The most memory its process held, in MiB; null when it ran inside the scheduler. */
  readonly peakMemory: number | null;
  /** Where it ran: `inline`, `process`. */
  readonly executor: string;
  /** The last lines of its log. */
  readonly log: readonly string[];
  /** Why it ran, in words. */
  readonly reasons: readonly string[];
}

/** What one node did in a run. */
export interface RunNode {
  /** The node's name for people. */
  readonly label: string;
  /** The node's place in its graph. */
  readonly address: string;
  /** The task's name. */
  readonly task: string;
  /** The parameters, encoded. */
  readonly params: Json;
  /** The addresses of the nodes wired in, by input. */
  readonly inputs: readonly { readonly input: string; readonly address: string }[];
  /** What became of it; `skipped` when something before it failed. */
  readonly state: "ran" | "hit" | "failed" | "skipped" | "interrupted";
  /** Its key, where it was known. */
  readonly key: string | null;
  /** Its artifact's digest, where it has one. */
  readonly digest: string | null;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** Why it ran, in words. */
  readonly reasons: readonly string[];
  /** Why it failed. */
  readonly error: string | null;
}

/** One run: one invocation of `reproduce` on one pipeline. */
export interface RunRecord {
  /** The version of the store's format. */
  readonly version: typeof STORE_VERSION;
  /** Sortable: the time it began, and random digits. */
  readonly id: string;
  /** The pipeline's name. */
  readonly pipeline: string;
  /** The preset. */
  readonly preset: string;
  /** The seeds repeated over. */
  readonly seeds: readonly number[];
  /** The parameters that `--set` replaced, by task; absent where it replaced none. */
  readonly overrides?: Overrides;
  /** When it began (ISO 8601). */
  readonly started: string;
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** How it ended. */
  readonly outcome: "done" | "failed" | "interrupted";
  /** What each node did. */
  readonly nodes: readonly RunNode[];
  /** The judged claims, as the report shows them. */
  readonly claims: readonly Json[];
}

const Digest = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/));

const ArtifactSchema = Schema.Struct({
  kind: Schema.String,
  digest: Digest,
  parts: Schema.Record(Schema.String, Schema.Struct({ digest: Digest, size: Schema.Int })),
});

/** Checks what a file of `nodes/` holds. */
export const NodeRecord: Schema.Codec<NodeRecord, unknown> = Schema.Struct({
  version: Schema.Literal(STORE_VERSION),
  key: Digest,
  address: Digest,
  task: Schema.String,
  params: Schema.Json,
  inputs: Schema.Array(Schema.Struct({
    input: Schema.String,
    task: Schema.String,
    address: Digest,
    key: Digest,
    digest: Digest,
  })),
  env: Schema.Record(Schema.String, Schema.String),
  code: Schema.Struct({
    fingerprint: Digest,
    bundle: Digest,
    module: Schema.String,
    export: Schema.String,
    packages: Schema.Record(Schema.String, Schema.String),
  }),
  output: ArtifactSchema,
  host: Schema.Struct({
    name: Schema.String,
    deno: Schema.String,
    os: Schema.String,
    cores: Schema.Int,
  }),
  started: Schema.String,
  seconds: Schema.Finite,
  peakMemory: Schema.NullOr(Schema.Finite),
  executor: Schema.String,
  log: Schema.Array(Schema.String),
  reasons: Schema.Array(Schema.String),
});

/** Checks what a file of `runs/` holds. */
export const RunRecord: Schema.Codec<RunRecord, unknown> = Schema.Struct({
  version: Schema.Literal(STORE_VERSION),
  id: Schema.String,
  pipeline: Schema.String,
  preset: Schema.String,
  seeds: Schema.Array(Schema.Int),
  overrides: Schema.optionalKey(Schema.Record(Schema.String, Schema.Record(Schema.String, Schema.Json))),
  started: Schema.String,
  seconds: Schema.Finite,
  outcome: Schema.Literals(["done", "failed", "interrupted"]),
  nodes: Schema.Array(Schema.Struct({
    label: Schema.String,
    address: Digest,
    task: Schema.String,
    params: Schema.Json,
    inputs: Schema.Array(Schema.Struct({ input: Schema.String, address: Digest })),
    state: Schema.Literals(["ran", "hit", "failed", "skipped", "interrupted"]),
    key: Schema.NullOr(Digest),
    digest: Schema.NullOr(Digest),
    seconds: Schema.Finite,
    reasons: Schema.Array(Schema.String),
    error: Schema.NullOr(Schema.String),
  })),
  claims: Schema.Array(Schema.Json),
});
