/**
 * Import maps: what the bare specifiers of a project mean. A local file is code, to be hashed with the code that imports
 * it; a package is a name and a version.
 *
 * @module
 */
import { fromFileUrl, join } from "./path.ts";

/** A project's bare specifiers. */
export interface ImportMap {
  /** The text of every file that it was read from: it changes when an answer could. */
  readonly text: string;
  /** The entry that a specifier falls under, as the map gives it. */
  readonly entry: (specifier: string) => { readonly key: string; readonly target: string } | undefined;
  /** The path of the local file that a specifier means; undefined for a package. */
  readonly file: (specifier: string) => string | undefined;
}

interface Config {
  readonly name?: string;
  readonly exports?: string | Readonly<Record<string, string>>;
  readonly imports?: Readonly<Record<string, string>>;
  readonly links?: readonly string[];
  readonly workspace?: readonly string[] | { readonly members?: readonly string[] };
}

/**
 * Reads a project's `deno.json`: its `imports`, and the modules that it exports under its own name, as the folders in
 * its `links` and its `workspace` do.
 *
 * @param root The project's folder.
 */
export function readImportMap(root: string): ImportMap {
  const own = readConfig(root);
  const { imports = {}, links = [], workspace = [] } = own.config;
  const members = [...links, ...("members" in workspace ? workspace.members ?? [] : workspace as string[])]
    .map((folder) => readConfig(join(root, folder)));
  const exported = new Map([own, ...members].flatMap(exportsOf));
  const entry = (specifier: string) => {
    const covers = (key: string) =>
      key === specifier || specifier.startsWith(key.endsWith("/") ? key : `${key}/`);
    const key = Object.keys(imports).filter(covers).sort((a, b) => b.length - a.length)[0];
    return key === undefined ? undefined : { key, target: imports[key]! };
  };
  return {
    text: [own, ...members].map(({ text }) => text).join("\0"),
    entry,
    file: (specifier) => {
      if (specifier.startsWith("file:")) return fromFileUrl(specifier);
      const path = exported.get(specifier);
      const mapped = path === undefined ? entry(specifier) : undefined;
      if (mapped === undefined) return path;
      const { key, target } = mapped;
      if (target.startsWith("file:")) return fromFileUrl(target) + specifier.slice(key.length);
      if (target.startsWith("/")) return target + specifier.slice(key.length);
      return /^\.\.?\//.test(target) ? join(root, target) + specifier.slice(key.length) : undefined;
    },
  };
}

interface Member {
  readonly folder: string;
  readonly text: string;
  readonly config: Config;
}

/** The modules that a package exports, by specifier. */
function exportsOf({ folder, config: { name, exports = {} } }: Member): readonly [string, string][] {
  if (name === undefined) return [];
  const all = typeof exports === "string" ? { ".": exports } : exports;
  return Object.entries(all).map(([key, path]) => [name + key.slice(1), join(folder, path)]);
}

function readConfig(folder: string): Member {
  try {
    const text = Deno.readTextFileSync(join(folder, "deno.json"));
    return { folder, text, config: JSON.parse(text) as Config };
  } catch {
    return { folder, text: "", config: {} }; // none, or one that the runtime refuses before this matters
  }
}
