/**
 * Executors: where a node's task runs. Inline, in a child process, on a cluster.
 *
 * @module
 */
import type * as Effect from "effect/Effect";
import type { Access } from "../capability.ts";
import type { Json } from "../canonical.ts";
import type { CorruptObject, NodeError, StoreError } from "../errors.ts";
import type { Grant } from "../machine.ts";
import type { ArtifactRecord } from "../record.ts";
import type { Progress } from "../running.ts";
import type { Task } from "../task.ts";

/** One node to run, with all that it needs. */
export interface Job {
  /** The node's name for people. */
  readonly label: string;
  /** The node's key. */
  readonly key: string;
  /** The declaration: its limits and permissions. What runs is the bundle. */
  readonly spec: Task["spec"];
  /** The digest of the object that holds the task's code. */
  readonly bundle: string;
  /** The parameters, encoded. */
  readonly params: Json;
  /** The artifacts wired in, by input; `many` tells a list from a single one. */
  readonly inputs: readonly {
    readonly input: string;
    readonly many: boolean;
    readonly artifacts: readonly ArtifactRecord[];
  }[];
  /** The declared variables that are set. */
  readonly env: Readonly<Record<string, string>>;
  /** The declared files. */
  readonly files: readonly string[];
  /** What each capability prepared, by name. */
  readonly prepared: Readonly<Record<string, unknown>>;
  /** What the capabilities let the task touch. */
  readonly access: readonly Access[];
  /** What the node holds of the machine. */
  readonly grant: Grant;
  /** Hears how far it has come. */
  readonly onProgress: (progress: Progress) => void;
  /** Hears each line of its log. */
  readonly onLog: (line: string) => void;
}

/** What an execution left. */
export interface Finished {
  /** The artifact, already in the store. */
  readonly output: ArtifactRecord;
  /** The most memory its process held, in MiB; null where it had none of its own. */
  readonly peakMemory: number | null;
}

/** Runs jobs. Interrupting a run stops it at once. */
export interface Executor {
  /** The executor's name in records: `inline`, `process`, `slurm`. */
  readonly name: string;
  /** Runs one job and puts its artifact into the store. */
  readonly run: (job: Job) => Effect.Effect<Finished, NodeError | CorruptObject | StoreError>;
}
