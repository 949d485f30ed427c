import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { TableError } from "../../lib/data/tables.ts";
import { summarise } from "../../lib/stats/summary.ts";

Deno.test("summarise() gives Student's interval of each group", async () => {
  const { columns } = await summarise(
    {
      columns: {
        network: ["tost", "softmax", "tost", "softmax", "tost", "softmax"],
        accuracy: [1, 10, 2, 10, 3, 40],
      },
    },
    ["network"],
    "accuracy",
  );
  assertEquals(columns.network, ["tost", "softmax"]);
  assertEquals(columns.mean, [2, 20]);
  assertEquals(columns.n, [3, 3]);
  // With two degrees of freedom t(0.975) = 0.95 · √(2 / (1 − 0.95²)) in closed form; the variances are 1 and 300.
  const t = 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  [1, 300].forEach((variance, group) => {
    const half = t * Math.sqrt(variance / 3);
    assertAlmostEquals(columns.low![group] as number, [2, 20][group]! - half, 1e-8);
    assertAlmostEquals(columns.high![group] as number, [2, 20][group]! + half, 1e-8);
  });
});

Deno.test("summarise() groups by several columns, in the order of appearance, and by none", async () => {
  const table = {
    columns: { condition: ["noisy", "clean", "noisy"], seed: [2, 1, 1], accuracy: [0.5, 0.25, 1] },
  };
  const { columns } = await summarise(table, ["condition", "seed"], "accuracy");
  assertEquals(columns, {
    condition: ["noisy", "clean", "noisy"],
    seed: [2, 1, 1],
    mean: [0.5, 0.25, 1],
    low: [-Infinity, -Infinity, -Infinity],
    high: [Infinity, Infinity, Infinity],
    n: [1, 1, 1],
  });
  assertEquals((await summarise(table, [], "seed")).columns.mean, [4 / 3]);
});

Deno.test("summarise() does not count rows without a value", async () => {
  const { columns } = await summarise(
    { columns: { network: ["a", "a", "a", "b"], loss: [1, null, 2, null] } },
    ["network"],
    "loss",
  );
  assertEquals([columns.network, columns.mean, columns.n], [["a", "b"], [1.5, null], [2, 0]]);
});

Deno.test("summarise() says what it cannot do", async () => {
  const table = { columns: { n: ["a", "b"], loss: [1, Infinity] } };
  const refuses = (by: string[], value: string, sentence: string) =>
    assertRejects(() => summarise(table, by, value), TableError, sentence);
  await refuses(["m"], "loss", 'The table has no column "m"; it has n, loss.');
  await refuses(["n"], "loss", "A summary has a column n of its own");
  await refuses([], "n", 'A mean is of finite numbers, but column n, row 0, is "a".');
  await refuses([], "loss", "column loss, row 1, is Infinity.");
});
