import { assert, assertEquals } from "@std/assert";
import { thrown } from "../../lib/dag/errors.ts";

Deno.test("thrown() is the first line of what was thrown, with the place in the source", () => {
  const text = thrown(new RangeError("too many.\nmore of it"));
  assert(/^too many \(file:\S+\/errors_test\.ts:5\)$/.test(text), text);
});

Deno.test("thrown() takes the place that the message names before that of the throw", () => {
  const error = new TypeError(
    "\x1b[31mExpected ident\x1b[0m\n  |\n7 | const const\n    at file:///a/b.ts:7:9",
  );
  assertEquals(thrown(error), "Expected ident (file:///a/b.ts:7)");
});

Deno.test("thrown() of an error without a place, and of anything else, is its text", () => {
  const error = new Error("lost");
  delete error.stack;
  assertEquals(thrown(error), "lost");
  assertEquals(thrown("just a text"), "just a text");
  assertEquals(thrown(undefined), "undefined");
});
