/**
 * Events: what the scheduler tells while it works. The terminal, the log and the tests listen to these.
 *
 * @module
 */
import type { NodeError } from "./errors.ts";
import type { Node } from "./node.ts";
import type { NodeRecord } from "./record.ts";
import type { Progress } from "./running.ts";
import type { Reason } from "./staleness.ts";

/** One thing that happened in a run. */
export type Event =
  | { readonly type: "planned"; readonly nodes: readonly Node[] }
  | {
    readonly type: "preparing";
    readonly capability: string;
    readonly doing: string;
    readonly done?: number;
    readonly total?: number;
  }
  | { readonly type: "prepared"; readonly capability: string; readonly seconds: number }
  | { readonly type: "hit"; readonly node: Node; readonly record: NodeRecord }
  /** Another process is making the same node; this one waits for it. */
  | { readonly type: "waiting"; readonly node: Node }
  | {
    readonly type: "started";
    readonly node: Node;
    readonly reasons: readonly Reason[];
    readonly executor: string;
    readonly attempt: number;
  }
  | { readonly type: "progress"; readonly node: Node; readonly progress: Progress }
  | { readonly type: "log"; readonly node: Node; readonly line: string }
  | { readonly type: "retrying"; readonly node: Node; readonly error: NodeError; readonly attempt: number }
  | { readonly type: "finished"; readonly node: Node; readonly record: NodeRecord }
  | { readonly type: "failed"; readonly node: Node; readonly error: NodeError }
  | { readonly type: "skipped"; readonly node: Node; readonly because: Node }
  /** An object's content was not what its name says; it was moved aside and is made again. */
  | { readonly type: "quarantined"; readonly digest: string; readonly producer: Node | undefined };
