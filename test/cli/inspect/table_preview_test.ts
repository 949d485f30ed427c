import { assertEquals } from "@std/assert";
import { previewTable } from "../../../lib/cli/inspect/table_preview.ts";

const table = {
  columns: {
    network: ["tost", "softmax"],
    accuracy: [0.98765, null],
    low: [-Infinity, 0.5],
    note: ["two\nlines", "x".repeat(40)],
  },
};

Deno.test("previewTable() lines up columns, numbers to the right", () => {
  assertEquals(previewTable(table, 80), [
    "network  accuracy  low  note",
    "tost       0.9877   −∞  two lines",
    `softmax         –  0.5  ${"x".repeat(31)}…`,
  ]);
});

Deno.test("previewTable() names the columns that the screen has no room for", () => {
  assertEquals(previewTable(table, 22), [
    "network  accuracy  low",
    "tost       0.9877   −∞",
    "softmax         –  0.5",
    "… 1 more column: note",
  ]);
  assertEquals(previewTable(table, 3)[0], "network");
  for (const columns of [7, 17, 21, 40]) {
    for (const line of previewTable(table, columns)) assertEquals([...line].length <= columns, true, line);
  }
});

Deno.test("previewTable() counts the rows beyond the first twenty", () => {
  const lines = previewTable({ columns: { step: Array.from({ length: 25 }, (_, step) => step) } }, 80);
  assertEquals([lines[0], lines[1], lines[20], lines[21], lines.length], [
    "step",
    "   0",
    "  19",
    "… 5 more rows",
    22,
  ]);
});

Deno.test("previewTable() of a table without rows shows its columns, and of none nothing", () => {
  assertEquals(previewTable({ columns: { seed: [], loss: [] } }, 80), ["seed  loss"]);
  assertEquals(previewTable({ columns: {} }, 80), []);
});
