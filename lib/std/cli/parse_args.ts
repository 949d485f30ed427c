/**
 * The part of `@std/cli/parse-args` that the project's scripts use.
 *
 * @module
 */
import { parseArgs as nodeParseArgs } from "node:util";

/** What {@linkcode parseArgs} takes: the names of string and boolean options, and defaults. */
export interface ParseOptions {
  /** Options that take a value. */
  readonly string?: readonly string[];
  /** Options that are present or not. */
  readonly boolean?: readonly string[];
  /** Values of options that are not given. */
  readonly default?: Readonly<Record<string, string | boolean>>;
}

/**
 * Parses command-line arguments: `--name value`, `--name=value`, `--flag` and positionals (under `_`).
 *
 * @example Usage
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseArgs } from "@std/cli/parse-args";
 *
 * const args = parseArgs(["--size", "64", "run"], { string: ["size"], boolean: ["json"] });
 * assertEquals(args.size, "64");
 * assertEquals(args._, ["run"]);
 * ```
 *
 * @param args The arguments, without the program's name.
 * @param options Which options there are.
 * @returns The options by name, and the positionals under `_`.
 */
export function parseArgs(
  args: readonly string[],
  options: ParseOptions = {},
): Record<string, string | boolean | undefined> & { _: string[] } {
  const { values, positionals } = nodeParseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: Object.fromEntries([
      ...(options.string ?? []).map((name) => [name, { type: "string" as const }]),
      ...(options.boolean ?? []).map((name) => [name, { type: "boolean" as const }]),
    ]),
  });
  return Object.assign(Object.create(null), options.default, values, { _: positionals });
}
