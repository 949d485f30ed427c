/**
 * The platform: what the command line's library asks of the system. The one place that names Node's bindings.
 *
 * @module
 */
import * as NodeChildProcessSpawner from "@effect/platform-node-shared/NodeChildProcessSpawner";
import * as NodeFileSystem from "@effect/platform-node-shared/NodeFileSystem";
import * as NodePath from "@effect/platform-node-shared/NodePath";
import * as NodeStdio from "@effect/platform-node-shared/NodeStdio";
import * as NodeTerminal from "@effect/platform-node-shared/NodeTerminal";
import type { FileSystem } from "effect/FileSystem";
import * as Layer from "effect/Layer";
import type { Path } from "effect/Path";
import type { ChildProcessSpawner } from "effect/process/ChildProcessSpawner";
import type { Stdio } from "effect/Stdio";
import type { Terminal } from "effect/Terminal";

/** Files, paths, the terminal, standard streams and child processes, as `effect/cli` needs them. */
export const platform: Layer.Layer<FileSystem | Path | Terminal | Stdio | ChildProcessSpawner> = Layer
  .mergeAll(
    NodeTerminal.layer,
    NodeStdio.layer,
    NodeChildProcessSpawner.layer,
  ).pipe(Layer.provideMerge(Layer.merge(NodeFileSystem.layer, NodePath.layer)));
