import { assertEquals } from "@std/assert";
import { paint } from "../../lib/cli/paint.ts";
import { cut, pad, table, width, wrap } from "../../lib/cli/text.ts";

Deno.test("width() counts neither colours nor combining marks", () => {
  assertEquals([width(paint(true).red("abc")), width("é"), width("Π ≥ 1")], [3, 1, 5]);
});

Deno.test("pad() and cut() reach a width exactly", () => {
  assertEquals(pad("ab", 4), "ab  ");
  assertEquals(pad("1.5", 5, "start"), "  1.5");
  assertEquals([cut("abcdef", 4), cut("abcd", 4), cut("abc", 0)], ["abc…", "abcd", ""]);
});

Deno.test("wrap() breaks between words, and words that are too long", () => {
  assertEquals(wrap("", 5), []);
  assertEquals(wrap("a bb ccc", 4), ["a bb", "ccc"]);
  assertEquals(wrap("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
  for (const columns of [1, 2, 7, 40]) {
    for (const line of wrap("the variational rate falls with depth, layer by layer", columns)) {
      assertEquals(width(line) <= columns, true);
    }
  }
});

Deno.test("table() lines up its columns and cuts the last one to the screen", () => {
  const text = table(
    [{ title: "node" }, { title: "time", align: "end" }, { title: "reason" }],
    [["draw", "1.5 s", "its code changed, and much else"], ["average", "12 s", "forced"]],
    { columns: 30, heading: (text) => text.toUpperCase() },
  );
  assertEquals(
    text,
    [
      "NODE      TIME  REASON",
      "draw     1.5 s  its code chan…",
      "average   12 s  forced",
    ].join("\n"),
  );
});
