/**
 * Modules that are read only when they are wanted.
 *
 * @module
 */

/**
 * Imports a module. Deno reads all that a literal `import("./module.ts")` could ever reach before a program begins: half
 * a second for `--help`, if that could reach TensorFlow and every paper. What this is given it does not see.
 *
 * @typeParam Module The module's type: `typeof import("./module.ts")`.
 * @param url The module's URL: `import.meta.resolve("./module.ts")`.
 */
export function lazily<Module>(url: string): Promise<Module> {
  return import(url);
}
