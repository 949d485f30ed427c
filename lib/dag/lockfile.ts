/**
 * Package versions: what `deno.lock` says an import resolves to.
 *
 * @module
 */
import { sha256 } from "./digest.ts";
import { type ImportMap, readImportMap } from "./import_map.ts";

/** The versions of packages that a project has locked. */
export interface Lockfile {
  /** A hash of everything that could change an answer. */
  readonly digest: string;
  /** The path of the local file that a specifier means; undefined for a package. */
  readonly file: (specifier: string) => string | undefined;
  /**
   * The versions behind bare imports: each package by name with its version, and, under `name (dependencies)`, a hash
   * over the versions of all that it needs in turn.
   */
  readonly versions: (imports: readonly string[]) => Readonly<Record<string, string>>;
}

interface Package {
  readonly dependencies?: readonly string[];
  readonly optionalDependencies?: readonly string[];
}

interface Lock {
  readonly specifiers?: Readonly<Record<string, string>>;
  readonly npm?: Readonly<Record<string, Package>>;
  readonly jsr?: Readonly<Record<string, Package>>;
}

/**
 * Reads a project's `deno.json` and `deno.lock`.
 *
 * @param root The project's folder.
 * @param beyond Answers for what this project does not know.
 */
export function readLockfile(root: string, beyond?: Lockfile): Lockfile {
  const map = readImportMap(root);
  const { text, lock } = readLock(root);
  const { specifiers = {} } = lock;
  const versionsOf = (imported: string): readonly (readonly [string, string])[] => {
    const { name, specifier } = packageOf(imported, map, Object.keys(specifiers));
    const version = specifiers[specifier];
    if (version === undefined) {
      return beyond === undefined ? [[name, specifier]] : Object.entries(beyond.versions([imported]));
    }
    const needed = closure(lock, `${nameOf(specifier)}@${version}`);
    const dependencies = sha256(needed.join("\n")).slice(0, 16);
    return [
      [name, version],
      ...(needed.length === 0 ? [] : [[`${name} (dependencies)`, dependencies] as const]),
    ];
  };
  return {
    digest: sha256(`${map.text}\0${text}\0${beyond?.digest ?? ""}`),
    file: (specifier) => map.file(specifier) ?? beyond?.file(specifier),
    versions: (imports) => {
      const packages = imports.filter((one) => !one.startsWith("node:")).flatMap(versionsOf);
      return Object.fromEntries(packages.sort(([a], [b]) => a < b ? -1 : 1));
    },
  };
}

/** The package that is imported: its name for people, and its specifier in the lock, as far as that is known. */
function packageOf(imported: string, map: ImportMap, locked: readonly string[]) {
  const entry = map.entry(imported);
  if (entry !== undefined) return { name: entry.key.replace(/\/$/, ""), specifier: lockedForm(entry.target) };
  if (/^(?:npm|jsr):/.test(imported)) return { name: nameOf(imported), specifier: lockedForm(imported) };
  const name = imported.split("/").slice(0, imported.startsWith("@") ? 2 : 1).join("/");
  return { name, specifier: locked.find((one) => nameOf(one) === name) ?? name };
}

const SPECIFIER = /^(?:(npm|jsr):)?\/?((?:@[^/]+\/)?[^/@]+)(?:@([^/]+))?/;

/** `npm:/chalk@5/source` is `npm:chalk@5` in the lock, and `npm:chalk` is `npm:chalk@*`. */
function lockedForm(specifier: string): string {
  const [, registry, name, range = "*"] = specifier.match(SPECIFIER) ?? [];
  return registry === undefined ? specifier : `${registry}:${name}@${range}`;
}

/** The name of a package, without registry and version. */
function nameOf(specifier: string): string {
  return specifier.match(SPECIFIER)?.[2] ?? specifier;
}

/** Everything that a package needs in turn, as name and version. */
function closure({ specifiers = {}, npm = {}, jsr = {} }: Lock, id: string): readonly string[] {
  const packages = { ...npm, ...jsr };
  // The lock leaves the version out of a dependency that it holds only one version of.
  const only = new Map(Object.keys(packages).map((one) => [nameOf(one), one]));
  const idOf = (dependency: string) => {
    if (packages[dependency] !== undefined) return dependency;
    const version = specifiers[dependency];
    const name = nameOf(dependency);
    return version === undefined ? only.get(name) ?? dependency : `${name}@${version}`;
  };
  const seen = new Set<string>();
  const visit = (one: string) => {
    const { dependencies = [], optionalDependencies = [] } = packages[one] ?? {};
    for (const found of [...dependencies, ...optionalDependencies].map(idOf)) {
      if (!seen.has(found)) {
        seen.add(found);
        visit(found);
      }
    }
  };
  visit(id);
  return [...seen].sort();
}

function readLock(root: string): { readonly text: string; readonly lock: Lock } {
  try {
    const text = Deno.readTextFileSync(`${root}/deno.lock`);
    return { text, lock: JSON.parse(text) as Lock };
  } catch {
    return { text: "", lock: {} };
  }
}
