/**
 * Staleness: why a node must run, as a list of named reasons with their evidence.
 *
 * @module
 */
import { canonicalJson, type Json } from "./canonical.ts";
import type { NodeRecord } from "./record.ts";

/** Why a node must run. */
export type Reason =
  | { readonly type: "never-ran" }
  | { readonly type: "code"; readonly before: string; readonly after: string }
  | { readonly type: "packages"; readonly package: string; readonly before: string; readonly after: string }
  | { readonly type: "params"; readonly path: string; readonly before: Json; readonly after: Json }
  | {
    readonly type: "inputs";
    readonly input: string;
    readonly task: string;
    readonly before: string;
    readonly after: string;
  }
  | { readonly type: "env"; readonly name: string; readonly before: string; readonly after: string }
  | { readonly type: "output-missing"; readonly digest: string }
  | { readonly type: "output-corrupt"; readonly digest: string }
  | { readonly type: "forced" };

/** What a node would be run with: the part of its record that goes into the key. */
export type Facts = Pick<NodeRecord, "task" | "params" | "inputs" | "env" | "code">;

/** Compares what a node would be run with to an earlier execution: each difference is a reason. */
export function differences(before: Facts, after: Facts): readonly Reason[] {
  return [...code(before, after), ...params(before, after), ...inputs(before, after), ...env(before, after)];
}

/** How far apart two executions are: picks the one to compare with. */
export function distance(before: Facts, after: Facts): number {
  return differences(before, after).length;
}

/** A reason in words. */
export function describe(reason: Reason): string {
  switch (reason.type) {
    case "never-ran":
      return "never ran";
    case "code":
      return "its code changed";
    case "packages":
      return `package ${reason.package} changed from ${reason.before} to ${reason.after}`;
    case "params":
      return `parameter ${reason.path} changed from ${canonicalJson(reason.before)} to ${
        canonicalJson(reason.after)
      }`;
    case "inputs":
      return `input ${reason.input} changed (made by ${reason.task})`;
    case "env":
      return `${reason.name} changed from ${reason.before || "unset"} to ${reason.after || "unset"}`;
    case "output-missing":
      return `its output ${reason.digest.slice(0, 12)} is missing`;
    case "output-corrupt":
      return `its output ${reason.digest.slice(0, 12)} was corrupt`;
    case "forced":
      return "forced";
  }
}

function code(before: Facts, after: Facts): readonly Reason[] {
  if (before.code.fingerprint === after.code.fingerprint) return [];
  const bundle: readonly Reason[] = before.code.bundle === after.code.bundle
    ? []
    : [{ type: "code", before: before.code.bundle, after: after.code.bundle }];
  const packages = changes(before.code.packages, after.code.packages)
    .map(([name, was, is]): Reason => ({ type: "packages", package: name, before: was, after: is }));
  return [...bundle, ...packages];
}

function params(before: Facts, after: Facts): readonly Reason[] {
  return jsonChanges(before.params, after.params, "");
}

function inputs(before: Facts, after: Facts): readonly Reason[] {
  const names = new Set([...before.inputs, ...after.inputs].map((wired) => wired.input));
  return [...names].flatMap((input): readonly Reason[] => {
    const was = before.inputs.filter((wired) => wired.input === input);
    const is = after.inputs.filter((wired) => wired.input === input);
    const length = Math.max(was.length, is.length);
    return Array.from(
      { length },
      (_, index): readonly Reason[] =>
        was[index]?.digest === is[index]?.digest ? [] : [{
          type: "inputs",
          input: length > 1 ? `${input}[${index}]` : input,
          task: (is[index] ?? was[index])!.task,
          before: was[index]?.digest ?? "",
          after: is[index]?.digest ?? "",
        }],
    ).flat();
  });
}

function env(before: Facts, after: Facts): readonly Reason[] {
  return changes(before.env, after.env).map(([name, was, is]): Reason => ({
    type: "env",
    name,
    before: was,
    after: is,
  }));
}

function changes(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): readonly (readonly [name: string, before: string, after: string])[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => before[name] !== after[name])
    .map((name) => [name, before[name] ?? "", after[name] ?? ""]);
}

function jsonChanges(before: Json | undefined, after: Json | undefined, path: string): readonly Reason[] {
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => jsonChanges(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return [];
  return [{ type: "params", path, before: before ?? null, after: after ?? null }];
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
