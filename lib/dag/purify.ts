/**
 * Purity marks: lets a bundler drop what a task does not reach.
 *
 * Effect code is full of calls at module level (`Schema.Struct(…)`, `class X extends Context.Service…`). A bundler must
 * keep those as possible side effects, so that every schema of a touched module would count as reachable. Marking the
 * calls in initialisers as pure lets tree shaking see what is really used; bare statements stay.
 *
 * @module
 */
import { parse } from "acorn";

interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly [member: string]: unknown;
}

/**
 * Marks each call and `new` in module-level initialisers, class heritages and static fields as pure.
 *
 * @param source JavaScript (types already stripped).
 * @returns The same program with `@__PURE__` marks.
 */
export function purify(source: string): string {
  const program = parse(source, { ecmaVersion: "latest", sourceType: "module" }) as unknown as {
    body: Syntax[];
  };
  const starts = new Set(program.body.flatMap((statement) => initialisers(statement).flatMap(callsIn)));
  let marked = source;
  for (const start of [...starts].sort((a, b) => b - a)) {
    marked = `${marked.slice(0, start)}/* @__PURE__ */ ${marked.slice(start)}`;
  }
  return marked;
}

function initialisers(statement: Syntax): readonly unknown[] {
  const declaration =
    (statement.type.startsWith("Export") ? statement.declaration ?? statement : statement) as Syntax;
  switch (declaration.type) {
    case "VariableDeclaration":
      return (declaration.declarations as Syntax[]).map((declarator) => declarator.init);
    case "ClassDeclaration":
      return [
        declaration.superClass,
        ...(declaration.body as { body: Syntax[] }).body
          .filter((member) => member.type === "PropertyDefinition" && member.static)
          .map((member) => member.value),
      ];
    default:
      return [];
  }
}

function callsIn(syntax: unknown): readonly number[] {
  if (Array.isArray(syntax)) return syntax.flatMap(callsIn);
  if (typeof syntax !== "object" || syntax === null) return [];
  const { type, start, ...members } = syntax as Syntax;
  if (/Function/.test(type ?? "")) return [];
  const own = type === "CallExpression" || type === "NewExpression" ? [start] : [];
  return [...own, ...Object.values(members).flatMap(callsIn)];
}
