import { assertEquals } from "@std/assert";
import { closure } from "../../lib/dag/pipeline.ts";
import { remainingSeconds } from "../../lib/dag/priority.ts";
import { constant, double, parity, sum } from "../fixtures/counting.ts";

Deno.test("remainingSeconds() is the longest path from a node to the end, itself included", () => {
  const one = constant({ value: 1 }, {});
  const slow = double({}, { of: one });
  const quick = parity({}, { of: one });
  const end = sum({ plus: 0 }, { terms: [slow, quick] });
  const seconds: Record<string, number> = { constant: 2, double: 30, parity: 4, sum: 5 };
  const remaining = remainingSeconds(closure([end]), (task) => seconds[task]);
  assertEquals(
    [one, slow, quick, end].map((node) => remaining.get(node.address)),
    [2 + 30 + 5, 30 + 5, 4 + 5, 5],
  );
});

Deno.test("remainingSeconds() takes a task that never ran to last a second, and asks once a task", () => {
  const asked: string[] = [];
  const nodes = closure([sum({ plus: 0 }, { terms: [1, 2, 3].map((value) => constant({ value }, {})) })]);
  const remaining = remainingSeconds(nodes, (task) => {
    asked.push(task);
    return undefined;
  });
  assertEquals(nodes.map((node) => remaining.get(node.address)), [2, 2, 2, 1]);
  assertEquals(asked.sort(), ["constant", "sum"]);
});

Deno.test("remainingSeconds() of two ends is each one's own", () => {
  const one = constant({ value: 1 }, {});
  const [left, right] = [double({}, { of: one }), parity({}, { of: one })];
  const remaining = remainingSeconds(closure([left, right]), (task) => task === "double" ? 10 : 3);
  assertEquals([one, left, right].map((node) => remaining.get(node.address)), [13, 10, 3]);
});
