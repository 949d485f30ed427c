import { assert, assertEquals, assertThrows } from "@std/assert";
import { ParameterError } from "../../lib/dag/errors.ts";
import {
  drawExpression,
  type Expression,
  listopsSymbols,
  symbolsOf,
  valueOf,
} from "../../lib/data/listops.ts";
import { loadListops } from "../../tasks/load/listops.ts";
import { run } from "../tasks/run.ts";

const written = (expression: Expression) =>
  symbolsOf(expression).map((symbol) => listopsSymbols[symbol]).join(" ");

Deno.test("valueOf() works out the example of the paper", () => {
  // Nangia & Bowman 2018, Figure 1: [MAX 2 9 [MIN 4 7 ] 0 ] is 9.
  const example: Expression = { operator: "[MAX", of: [2, 9, { operator: "[MIN", of: [4, 7] }, 0] };
  assertEquals(written(example), "[MAX 2 9 [MIN 4 7 ] 0 ]");
  assertEquals(valueOf(example), 9);
  assertEquals(valueOf({ operator: "[MED", of: [1, 2, 9, 4] }), 3);
  assertEquals(valueOf({ operator: "[MED", of: [1, 2] }), 1);
  assertEquals(valueOf({ operator: "[SM", of: [7, 8, 9] }), 4);
});

const depthOf = (expression: Expression): number =>
  typeof expression === "number" ? 0 : 1 + Math.max(...expression.of.map(depthOf));

Deno.test("drawExpression() keeps to its bounds, and draws the same again", () => {
  const size = { shortest: 20, longest: 40, depth: 3, operands: 5 };
  for (let step = 0; step < 50; step++) {
    const key = { seed: 0, stream: "test", step };
    const drawn = drawExpression(size, key);
    const { length } = symbolsOf(drawn);
    assert(length >= 20 && length <= 40 && depthOf(drawn) <= 3);
    assertEquals(drawExpression(size, key), drawn);
  }
});

Deno.test("loadListops() fills sequences up, and labels them with what they come to", async () => {
  const params = { split: "test", count: 40, shortest: 4, longest: 24, depth: 2, operands: 4 } as const;
  const { tensors: { tokens, labels } } = await run(loadListops, params, {});
  assertEquals([tokens!.shape, labels!.shape], [[40, 24], [40]]);
  const drawn = drawExpression(params, { seed: 0, stream: "listops/test", step: 3 });
  const row = Array.from((tokens!.data as Int32Array).subarray(3 * 24, 4 * 24));
  const symbols = symbolsOf(drawn);
  assertEquals(row, [...symbols, ...Array(24 - symbols.length).fill(0)]);
  assertEquals(labels!.data[3], valueOf(drawn));
});

Deno.test("loadListops() refuses lengths that no expression has", () => {
  const params = { split: "test", count: 1, shortest: 20, longest: 30, depth: 1, operands: 4 } as const;
  assertThrows(() => loadListops(params, {}), ParameterError, "the operands allow, 6");
});
