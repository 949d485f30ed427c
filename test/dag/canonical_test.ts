import { canonicalJson } from "../../lib/dag/canonical.ts";
import { assertEquals, assertThrows } from "@std/assert";

const SAME: readonly (readonly [value: unknown, text: string])[] = [
  [null, "null"],
  [true, "true"],
  ["", `""`],
  ["naïve – ∑ \n \u2028", `"naïve – ∑ \\n \u2028"`],
  ["\ud800", `"\\ud800"`],
  [0, "0"],
  [-0, "0"],
  [1.5, "1.5"],
  [1e21, "1e+21"],
  [5e-324, "5e-324"],
  [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  [[], "[]"],
  [[1, [2, []]], "[1,[2,[]]]"],
  [{}, "{}"],
  [{ b: 1, a: { d: 2, c: [3] } }, `{"a":{"c":[3],"d":2},"b":1}`],
  [{ a: undefined, b: null }, `{"b":null}`],
  [{ 10: "x", 9: "y" }, `{"10":"x","9":"y"}`],
  [{ "é": 1, "z": 2, "Z": 3 }, `{"Z":3,"z":2,"é":1}`],
  [JSON.parse(`{"__proto__":1}`), `{"__proto__":1}`],
];

Deno.test("canonicalJson() writes one text for one value", () => {
  for (const [value, text] of SAME) {
    assertEquals(canonicalJson(value), text);
    // What it writes is JSON, and writing what was read changes nothing.
    assertEquals(canonicalJson(JSON.parse(text)), text);
  }
});

Deno.test("canonicalJson() does not see the order in which members were added", () => {
  assertEquals(canonicalJson({ a: 1, b: { c: 2, d: 3 } }), canonicalJson({ b: { d: 3, c: 2 }, a: 1 }));
});

const REFUSED: readonly (readonly [value: unknown, message: string])[] = [
  [NaN, "the value is NaN"],
  [{ a: [1, Infinity] }, "a[1] is Infinity"],
  [{ a: { b: -Infinity } }, "a.b is -Infinity"],
  [undefined, "the value is undefined"],
  [[undefined], "[0] is undefined"],
  [{ a: 1n }, "a is bigint"],
  [{ a: () => 1 }, "a is function"],
  [{ a: Symbol() }, "a is symbol"],
  [{ a: new Float32Array(2) }, "a is a typed array"],
];

Deno.test("canonicalJson() refuses what JSON lacks and names its place", () => {
  for (const [value, message] of REFUSED) assertThrows(() => canonicalJson(value), TypeError, message);
});
