/**
 * Keys: the hash that decides whether a node must run.
 *
 * @module
 */
import type { Capability } from "./capability.ts";
import { recordHash, sha256 } from "./digest.ts";
import { namesIn, statOf } from "./disk.ts";
import { PipelineError } from "./errors.ts";
import type { Code } from "./fingerprint.ts";
import { isMany, type Node } from "./node.ts";
import { join } from "./path.ts";
import type { InputRecord, NodeRecord } from "./record.ts";
import type { Facts } from "./staleness.ts";
import type { Task } from "./task.ts";

/**
 * A node's key: `sha256("assay-node-1" · canonical JSON of { task, code, params, inputs, env })`. Inputs enter by
 * content, so that a rerun which yields the same bytes stops the wave there.
 */
export function keyOf(facts: Facts): string {
  return recordHash("assay-node-1", {
    task: facts.task,
    code: facts.code.fingerprint,
    params: facts.params,
    inputs: facts.inputs.map(({ input, digest }) => [input, digest]),
    env: facts.env,
  });
}

/**
 * What a node would be run with.
 *
 * @param node The node.
 * @param code The fingerprint of its task.
 * @param made The record of each node wired in, by address.
 * @param env What {@linkcode environment} says.
 */
export function factsOf(
  node: Node,
  code: Code,
  made: (address: string) => NodeRecord,
  env: Readonly<Record<string, string>>,
): Facts {
  const wired = (input: string, from: Node): InputRecord => {
    const { key, output } = made(from.address);
    return { input, task: from.task.spec.name, address: from.address, key, digest: output.digest };
  };
  const inputs = Object.entries(node.inputs).flatMap(([input, from]) =>
    isMany(from) ? from.map((one) => wired(input, one)) : [wired(input, from)]
  );
  return { task: node.task.spec.name, params: node.params, inputs, env, code };
}

/**
 * What surrounds a node and can change its result: declared variables, declared files, the capabilities it uses.
 *
 * @throws {PipelineError} On a capability that nobody provides.
 */
export function environment(
  node: Node,
  capabilities: Readonly<Record<string, Capability>>,
): Readonly<Record<string, string>> {
  const { spec } = node.task;
  const used = declaredUses(node).flatMap((name) =>
    Object.entries(capabilityOf(node.task, name, capabilities).identity())
      .map(([fact, value]) => [`${name}.${fact}`, value])
  );
  const variables = (spec.env ?? []).map((name) => [`env.${name}`, Deno.env.get(name) ?? ""]);
  const files = declaredFiles(node).map((path) => [`file.${path}`, contentDigest(path)]);
  return Object.fromEntries([...used, ...variables, ...files]);
}

/**
 * The capability that a task uses under a name.
 *
 * @throws {PipelineError} When nobody provides it.
 */
export function capabilityOf(
  task: Task,
  name: string,
  capabilities: Readonly<Record<string, Capability>>,
): Capability {
  const capability = capabilities[name];
  if (capability !== undefined) return capability;
  const known = Object.keys(capabilities).sort().join(", ") || "none";
  throw new PipelineError({
    message: `task ${task.spec.name} uses ${name}, which is no capability; there are: ${known}`,
  });
}

/** The capabilities that a node's task declares. */
export function declaredUses(node: Node): readonly string[] {
  const { uses = [] } = node.task.spec;
  return typeof uses === "function" ? uses(node.params) : uses;
}

/** The files that a node's task declares. */
export function declaredFiles(node: Node): readonly string[] {
  const { files = [] } = node.task.spec;
  return typeof files === "function" ? files(node.params) : files;
}

/** The hash of a file's content, or of a folder's with the names of all that is in it; nothing for what is absent. */
function contentDigest(path: string): string {
  if (statOf(path)?.isDirectory) {
    return recordHash("assay-folder-1", namesIn(path).map((name) => [name, contentDigest(join(path, name))]));
  }
  try {
    return sha256(Deno.readFileSync(path));
  } catch {
    return "";
  }
}
