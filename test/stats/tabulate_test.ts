import { assertEquals, assertThrows } from "@std/assert";
import { TableError } from "../../lib/data/tables.ts";
import { tabulate } from "../../lib/stats/tabulate.ts";

Deno.test("tabulate() reads labels, paths, nulls and numbers with intervals", () => {
  const slope = { value: 2, low: 1.9, high: 2.1, n: 3 };
  assertEquals(
    tabulate(["seed", "tssa.slope", "data"], [{ seed: 1 }, { seed: 2 }], [
      { tssa: { slope: 1.5 }, data: "MNIST" },
      { tssa: { slope }, data: null },
    ]),
    { columns: { seed: [1, 2], "tssa.slope": [1.5, 2], data: ["MNIST", null] } },
  );
});

Deno.test("tabulate() says which measurement lacks what", () => {
  const refuses = (columns: string[], sentence: string) =>
    assertThrows(() => tabulate(columns, [{ seed: 1 }], [{ losses: [1, 2] }]), TableError, sentence);
  refuses(["accuracy"], "Measurement 0 has no single value accuracy; it has losses, seed.");
  refuses(["losses"], "Measurement 0 has no single value losses; it has losses, seed.");
  assertThrows(() => tabulate([], [{}], []), TableError, "There are 1 labels for 0 metrics.");
});
