import { assert, assertEquals } from "@std/assert";
import { claim } from "../../lib/claim/claim.ts";
import { atLeast } from "../../lib/claim/expectation.ts";
import { exactly, spanOf } from "../../lib/claim/interval.ts";
import { judge, verdict } from "../../lib/claim/verdict.ts";
import { claimsTable } from "../../lib/cli/claims_table.ts";

const says = { id: "B1", source: "Theorem 1", says: "it is so", expect: atLeast(1) } as const;
const same = (text: string) => text;
const paint = new Proxy({}, { get: () => same }) as Parameters<typeof claimsTable>[1]["paint"];

Deno.test("judge() hands on how well a claim is known, and nothing where it does not tell", () => {
  const judged = judge(claim({ ...says, evidence: "second-hand" }), exactly(2));
  assertEquals(judged.evidence, "second-hand");
  assert(!("evidence" in judge(claim(says), exactly(2))));
});

Deno.test("claimsTable() says beside the source how well a claim is known", () => {
  const table = (columns: number, more: object) =>
    claimsTable([judge(claim({ ...says, ...more }), exactly(2))], { columns, paint });
  assert(table(100, { evidence: "verified" }).includes("(Theorem 1, verified)"));
  assert(table(60, { evidence: "second-hand" }).includes("(Theorem 1, second-hand)"));
  assert(
    table(100, { extension: true, evidence: "reconstructed" })
      .includes("(extension, not in the paper, reconstructed)"),
  );
  assert(table(100, {}).includes("(Theorem 1)"));
});

Deno.test("spanOf() holds on one side only when every sample lies there", () => {
  assertEquals(spanOf([1, 2, 6]), { value: 3, low: 1, high: 6, n: 3 });
  assertEquals(verdict(spanOf([1, 2]), atLeast(1)), "reproduced");
  assertEquals(verdict(spanOf([0.5, 2]), atLeast(1)), "inconclusive");
  assertEquals(verdict(spanOf([0.1, 0.5]), atLeast(1)), "contradicted");
});
