import { assertEquals } from "@std/assert";
import { purify } from "../../lib/dag/purify.ts";

const PURE = "/* @__PURE__ */ ";

const cases: readonly (readonly [title: string, source: string, marked: string])[] = [
  ["a call", "const a = f(1);", `const a = ${PURE}f(1);`],
  ["a new", "let a = new Map();", `let a = ${PURE}new Map();`],
  ["an exported one", "export const a = f(1);", `export const a = ${PURE}f(1);`],
  ["calls within calls", "const a = f(g(1), h);", `const a = ${PURE}f(${PURE}g(1), h);`],
  ["calls in objects and lists", "const a = { b: [f()] };", `const a = { b: [${PURE}f()] };`],
  ["a method chain", "const a = s.check(g());", `const a = ${PURE}s.check(${PURE}g());`],
  [
    "a class's heritage",
    "class A extends S.Service()('A') {}",
    `class A extends ${PURE}S.Service()('A') {}`,
  ],
  ["a static field", "class A { static x = f(); y = g(); }", `class A { static x = ${PURE}f(); y = g(); }`],
  ["a function's body", "const a = () => f();", "const a = () => f();"],
  ["a method's body", "const a = { b() { return f(); } };", "const a = { b() { return f(); } };"],
  ["a bare statement", "f();", "f();"],
  ["an assignment", "a.b = f();", "a.b = f();"],
  ["an if", "if (f()) g();", "if (f()) g();"],
  ["a function declaration", "function a() { return f(); }", "function a() { return f(); }"],
];

for (const [title, source, marked] of cases) {
  const verb = source === marked ? "leaves" : "marks";
  Deno.test(`purify() ${verb} ${title}`, () => assertEquals(purify(source), marked));
}

Deno.test("purify() keeps what a program does", async () => {
  const source = `
    const seen = [];
    const note = (x) => { seen.push(x); return x; };
    class Base { static first = note(1); }
    const make = () => Base;
    class Derived extends make() { static second = note(2); }
    const tagged = String.raw\`a\${note(3)}\`;
    note(4);
    export default [seen, tagged, Derived.first, new Derived() instanceof Base];
  `;
  const run = async (text: string) =>
    (await import(`data:text/javascript,${encodeURIComponent(text)}`)).default;
  assertEquals(await run(purify(source)), await run(source));
  assertEquals(await run(source), [[1, 2, 3, 4], "a3", 1, true]);
});
