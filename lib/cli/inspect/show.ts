/**
 * `inspect show`: one execution, and what it made.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import { CorruptObject } from "../../dag/errors.ts";
import type { NodeRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import { formatBytes, formatSeconds } from "../../report/number.ts";
import type { ShowInput } from "../commands/inspect.ts";
import { UsageError } from "../errors.ts";
import { type Screen, screenOf } from "../paint.ts";
import { scopedStore } from "../scoped_store.ts";
import { pad, wrap } from "../text.ts";
import { preview } from "./preview.ts";
import { findExecution, labelOf } from "./resolve.ts";
import { csvOf, svgOf } from "./whole.ts";

/**
 * Shows a node's latest execution: what it was run with, where, how long, and what it made. With `--csv`, the table that
 * it made and nothing else; with `--svg`, the figure.
 */
export const inspectShow = Effect.fn("inspectShow")(function* (input: ShowInput) {
  const [format, other] = (["csv", "svg", "json"] as const).filter((format) => input[format]);
  if (other !== undefined) {
    return yield* new UsageError({ message: `--${format} and --${other} exclude each other.` });
  }
  const store = yield* scopedStore(input.store);
  const record = yield* findExecution(store, input.node);
  if (format === "csv") return yield* Console.log(yield* csvOf(record, store));
  if (format === "svg") return yield* Console.log(yield* svgOf(record, store));
  if (format === "json") return yield* Console.log(JSON.stringify(record, null, 2));
  const { columns, paint } = screenOf("stdout");
  yield* Console.log(paint.bold(labelOf(record)));
  for (const [name, lines] of facts(record, store)) {
    const wrapped = lines.flatMap((line) => wrap(line, columns - 14));
    wrapped.forEach((line, at) => console.log(`${paint.dim(pad(at === 0 ? name : "", 12))}  ${line}`));
  }
  yield* Console.log(contents(record, store, { columns, paint }));
}, Effect.scoped);

function facts(record: NodeRecord, store: Store): readonly (readonly [string, readonly string[]])[] {
  const { code, host, output } = record;
  const parts = Object.entries(output.parts).map(([name, { digest, size }]) =>
    `${name}  ${formatBytes(size)}  ${store.objectPath(digest)}`
  );
  return [
    ["made", [`${output.kind} ${output.digest}`, ...parts]],
    ["key", [record.key]],
    ["address", [record.address]],
    ["parameters", flat(record.params as Json).map(([path, value]) => `${path} = ${value}`)],
    [
      "inputs",
      record.inputs.map((wired) => `${wired.input} = ${labelOf(wired)}  ${wired.digest.slice(0, 12)}`),
    ],
    ["code", [
      `${code.export} of ${code.module}`,
      `bundle ${code.bundle.slice(0, 12)}  ${store.objectPath(code.bundle)}`,
    ]],
    ["packages", Object.entries(code.packages).map(([name, version]) => `${name} ${version}`)],
    ["environment", Object.entries(record.env).map(([name, value]) => `${name} = ${value}`)],
    ["ran because", record.reasons],
    ["ran on", [`${host.name}: Deno ${host.deno}, ${host.os}, ${host.cores} cores, ${record.executor}`]],
    ["began", [record.started]],
    ["took", [
      formatSeconds(record.seconds) +
      (record.peakMemory === null ? "" : `, ${Math.round(record.peakMemory)} MiB at most`),
    ]],
    ["log", record.log.slice(-10)],
  ].map(([name, lines]) =>
    [name, (lines as readonly string[]).length === 0 ? ["none"] : lines] as const
  ) as never;
}

/** The preview of what was made, or why it cannot be read. */
function contents(
  { output }: NodeRecord,
  store: Store,
  { columns, paint }: Pick<Screen, "columns" | "paint">,
): string {
  try {
    const lines = preview(output.kind, store.readParts(output), columns - 2);
    return lines === undefined
      ? ""
      : `\n${paint.dim("contents")}\n${lines.map((line) => `  ${line}`).join("\n")}`;
  } catch (error) {
    if (error instanceof CorruptObject) return paint.yellow(`\n${error.message}`);
    throw error;
  }
}

/** The leaves of a JSON value with their paths. */
function flat(value: Json, path = ""): readonly (readonly [path: string, value: string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [[path, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, part]) => flat(part, path === "" ? key : `${path}.${key}`));
}
