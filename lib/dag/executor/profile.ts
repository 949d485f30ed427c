/**
 * Profiles: what a worker may touch.
 *
 * @module
 */
import { sha256 } from "../digest.ts";
import { StoreError } from "../errors.ts";
import type { Job } from "./executor.ts";

/** What a worker may touch, and its environment. Workers of one profile can take each other's jobs. */
export interface Profile {
  /** A hash of the rest. */
  readonly id: string;
  /** Files and folders that may be read, beside the worker's own. */
  readonly read: readonly string[];
  /** The runtime's flags that grant all else. */
  readonly flags: readonly string[];
  /** The variables that are set. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a job's worker may touch: what the task declares and what its capabilities need. */
export function profileOf(job: Job): Profile {
  const { permissions = {}, resources = {} } = job.spec;
  const variables: Record<string, string> = Object.assign(
    {},
    ...job.access.map((one) => one.env ?? {}),
    job.env,
  );
  if (job.grant.gpus.length > 0) variables.CUDA_VISIBLE_DEVICES = job.grant.gpus.join();
  const names = [...new Set([...Object.keys(variables), ...(job.spec.env ?? [])])];
  const read = [
    ...new Set([
      ...job.access.flatMap((one) => one.read ?? []),
      ...job.files,
      ...permissions.read ?? [],
    ]),
  ];
  const ffi = job.access.flatMap((one) => one.ffi ?? []);
  const sys = [...job.access.flatMap((one) => one.sys ?? []), ...(permissions.sys ?? [])];
  const memory = resources.memory === undefined
    ? []
    : [`--v8-flags=--max-old-space-size=${resources.memory}`];
  const flags = [
    ...memory,
    ...allow("env", names),
    ...allow("ffi", ffi),
    ...allow("sys", sys),
    ...allow("net", permissions.net ?? []),
  ];
  return { id: sha256(JSON.stringify([read, flags, variables])), read, flags, env: variables };
}

/**
 * The runtime's flag that grants something.
 *
 * @param what What is granted: `read`, `env`, …
 * @param which To which paths, names or hosts; no flag when there are none.
 * @throws {StoreError} On a path with a comma, which no flag can name.
 */
export function allow(what: string, which: readonly string[]): readonly string[] {
  const unspeakable = which.find((one) => one.includes(","));
  if (unspeakable !== undefined) {
    throw new StoreError({
      path: unspeakable,
      message:
        `a worker cannot be allowed to ${what} ${unspeakable}: the runtime takes the comma for the end of it`,
      remedy: "give it a name without a comma",
    });
  }
  return which.length === 0 ? [] : [`--allow-${what}=${[...new Set(which)].join()}`];
}
