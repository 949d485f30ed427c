/**
 * What can go wrong with a node, said in one sentence each.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import * as Schema from "effect/Schema";

/** A task got parameters that its schema refuses. Thrown when the node is made, before anything runs. */
export class ParameterError extends Schema.TaggedError<ParameterError>()("ParameterError", {
  task: Schema.String,
  message: Schema.String,
}) {}

/** A pipeline is declared wrongly: a cycle, two claims of one id, a task that no module exports. */
export class PipelineError extends Schema.TaggedError<PipelineError>()("PipelineError", {
  message: Schema.String,
}) {}

/** A node failed: its task threw or failed, ran out of time or memory, or read what it does not declare. */
export class NodeError extends Schema.TaggedError<NodeError>()("NodeError", {
  /** The node's label. */
  node: Schema.String,
  /** What happened. */
  reason: Schema.Literals(["failed", "timeout", "died", "undeclared", "unusable"]),
  /** One sentence. */
  message: Schema.String,
  /** What to do about it, where that is known. */
  remedy: Schema.optionalKey(Schema.String),
  /** The end of the node's log. */
  log: Schema.Array(Schema.String),
}) {}

/** The store cannot be used: read-only, full, written by a newer version. */
export class StoreError extends Schema.TaggedError<StoreError>()("StoreError", {
  path: Schema.String,
  message: Schema.String,
  remedy: Schema.String,
}) {}

/** An object's content is not what its name says. It has been moved aside by the time this is seen. */
export class CorruptObject extends Schema.TaggedError<CorruptObject>()("CorruptObject", {
  digest: Schema.String,
  message: Schema.String,
}) {}

/** What was thrown while somebody else's module was loaded or called, as a clause with its place. */
export function thrown(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = stripVTControlCharacters(error.message);
  const place = `${message}\n${error.stack ?? ""}`.match(/\bat (?:.* )?\(?(file:\S+?:\d+)(?::\d+)?\)?$/m)
    ?.[1];
  const [what] = message.split("\n");
  return place === undefined ? what! : `${what!.replace(/\.$/, "")} (${place})`;
}
