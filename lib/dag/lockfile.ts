/**
 * Package versions: what `deno.lock` says an import resolves to.
 *
 * @module
 */
import { sha256 } from "./digest.ts";

/** The versions of packages that a project has locked. */
export interface Lockfile {
  /** A hash of everything that could change an answer. */
  readonly digest: string;
  /**
   * The versions behind bare imports: each package by name with its version, and, under `name (dependencies)`, a hash
   * over the versions of all that it needs in turn.
   */
  readonly versions: (imports: readonly string[]) => Readonly<Record<string, string>>;
}

interface Lock {
  readonly specifiers?: Readonly<Record<string, string>>;
  readonly npm?: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/**
 * Reads a project's `deno.json` and `deno.lock`.
 *
 * @param root The project's folder.
 */
export function readLockfile(root: string): Lockfile {
  const [config, lock] = [read(`${root}/deno.json`), read(`${root}/deno.lock`)];
  const aliases = (config.value as { imports?: Record<string, string> }).imports ?? {};
  const { specifiers = {}, npm = {} } = lock.value as Lock;
  return {
    digest: sha256(`${config.text}\0${lock.text}`),
    versions: (imports) => {
      const names = [...new Set(imports.filter((one) => !one.startsWith("node:")).map(packageName))].sort();
      return Object.fromEntries(names.flatMap((name) => {
        const specifier = aliases[name] ??
          Object.keys(specifiers).find((one) => one.replace(/^npm:/, "").replace(/(.)@.*$/, "$1") === name) ??
          name;
        const version = specifiers[specifier] ?? specifier;
        const needed = closure(npm, `${specifier.replace(/^npm:/, "").replace(/(.)@.*$/, "$1")}@${version}`);
        const beyond = needed.length === 0
          ? []
          : [[`${name} (dependencies)`, sha256(needed.join("\n")).slice(0, 16)]];
        return [[name, version], ...beyond];
      }));
    },
  };
}

/** The package of a bare import: `effect/Effect` is `effect`, `@std/cli/parse-args` is `@std/cli`. */
function packageName(specifier: string): string {
  return specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function closure(npm: NonNullable<Lock["npm"]>, id: string): readonly string[] {
  // The lock leaves the version out of a dependency that it holds only one version of.
  const only = new Map(Object.keys(npm).map((one) => [one.replace(/(.)@.*$/, "$1"), one]));
  const seen = new Set<string>();
  const visit = (one: string) => {
    for (const dependency of npm[one]?.dependencies ?? []) {
      const found = npm[dependency] === undefined ? only.get(dependency) ?? dependency : dependency;
      if (!seen.has(found)) {
        seen.add(found);
        visit(found);
      }
    }
  };
  visit(id);
  return [...seen].sort();
}

function read(path: string): { readonly text: string; readonly value: unknown } {
  try {
    const text = Deno.readTextFileSync(path);
    return { text, value: JSON.parse(text) };
  } catch {
    return { text: "", value: {} };
  }
}
