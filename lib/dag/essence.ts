/**
 * Essence: a task's code without what can change how its nodes are run, but not what they make.
 *
 * A longer timeout or more memory is what a user gives a task after one of its nodes has failed; the others, which did
 * not, must not run again for it.
 *
 * @module
 */
import { parse } from "acorn";

/** What of a declaration cannot change a result; and what of its `resources`: a graphics processor can. */
const IDLE: ReadonlySet<string> = new Set(["about", "retry", "timeout"]);
const IDLE_RESOURCES: ReadonlySet<string> = new Set(["cores", "memory"]);

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/**
 * Takes a task's bundle and leaves out of its declaration what cannot change a result.
 *
 * @param bundle The text of a bundle, whose default export is the task.
 * @returns A text to be hashed, not to be run.
 *
 * @example Usage
 * ```ts
 * import { essence } from "./essence.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bundle = (limits: string) => `var one=task({name:"one"${limits},run:()=>1});export{one as default};`;
 * assertEquals(essence(bundle(",timeout:60,resources:{memory:512}")), bundle(""));
 * ```
 */
export function essence(bundle: string): string {
  const { body } = parse(bundle, { ecmaVersion: "latest", sourceType: "module" }) as unknown as {
    body: Syntax[];
  };
  const declaration = declarationIn(body);
  if (declaration === undefined) return bundle;
  const kept = (declaration.properties as Syntax[]).filter((property) => !isIdle(property));
  const text = kept.map(({ start, end }) => bundle.slice(start, end)).join();
  return `${bundle.slice(0, declaration.start)}{${text}}${bundle.slice(declaration.end)}`;
}

/** The object that the default export hands to `task`; undefined where it is made in another way. */
function declarationIn(body: readonly Syntax[]): Syntax | undefined {
  const name = body.flatMap(({ specifiers = [] }) => specifiers as Syntax[])
    .find(({ exported }) => nameOf(exported) === "default")?.local;
  const declarator = body.flatMap(({ declarations = [] }) => declarations as Syntax[])
    .find(({ id }) => name !== undefined && nameOf(id) === nameOf(name));
  const { type, arguments: [declaration] = [] } = (declarator?.init ?? {}) as {
    type?: string;
    arguments?: Syntax[];
  };
  return type === "CallExpression" && declaration?.type === "ObjectExpression" ? declaration : undefined;
}

function isIdle({ key, value, computed }: Syntax): boolean {
  if (computed === true) return false;
  const name = nameOf(key);
  if (name !== "resources") return IDLE.has(name);
  const { type, properties } = value as { type: string; properties: Syntax[] };
  return type === "ObjectExpression" && properties.every(({ key }) => IDLE_RESOURCES.has(nameOf(key)));
}

/** The name of an identifier or of a quoted key; empty for anything else. */
function nameOf(syntax: unknown): string {
  const { name, value } = (syntax ?? {}) as { readonly name?: string; readonly value?: unknown };
  return name ?? (typeof value === "string" ? value : "");
}
