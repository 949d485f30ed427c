import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { claimsMarkdown } from "../../lib/cli/claims_markdown.ts";
import { claimsTable } from "../../lib/cli/claims_table.ts";
import { paint } from "../../lib/cli/paint.ts";
import { width } from "../../lib/cli/text.ts";
import { claims, judged } from "../report/fixture.ts";

const plain = paint(false);

Deno.test("claimsTable() lays claims out in 100 columns", () => {
  assertEquals(claimsTable(claims, { columns: 100, paint: plain }).split("\n"), [
    "    claim                                               measured                      verdict",
    "T1  TSSA's time grows linearly with the number of       1.023 [0.981, 1.065]          ✓ reproduced",
    "    tokens, softmax attention's quadratically (§3.2,    claimed 0.8 to 1.2",
    "    Table 1)                                            paper 1",
    "T2  ToST is as accurate as softmax attention on the     −1.2 [−4.1, 1.6] points       ~ inconclusive",
    "    same skeleton, within 3 points (Table 2)            claimed ≥ −3",
    "    MNIST in place of ImageNet-1k.",
    "T8  ToST-M has 68.1 million parameters (Table 3)        71,481,064                    ✗ contradicted",
    "                                                        claimed 68000000 to 68200000",
    "                                                        paper 68,100,000",
    "T7  ToST is more accurate than the transformer on Long                                – out of scale",
    "    Range Arena (Table 4)",
    "    Long Range Arena takes a GPU; the laptop preset can speak to it.",
    "X1  ToST keeps more of its accuracy under PGD-10 than   2.4 (n = 1) points            ~ inconclusive",
    "    its softmax twin (extension, not in the paper)      claimed > 0",
    "X2  it withstands Gaussian noise (extension, not in                                   ? unmeasured",
    "    the paper)",
    "    accuracy-3fa2c1 failed",
  ]);
});

Deno.test("claimsTable() never outgrows the screen, and drops no claim", () => {
  for (const columns of [40, 60, 76, 80, 100, 160]) {
    for (const colours of [true, false]) {
      const text = claimsTable(claims, { columns, paint: paint(colours) });
      for (const line of text.split("\n")) assert(width(line) <= columns, `${columns}: ${line}`);
      for (const { id, verdict } of claims) assert(text.includes(id) && text.includes(verdict));
    }
  }
});

Deno.test("claimsTable() gives a reason that several claims share once", () => {
  const beyond = ["A", "B"].map((id) =>
    judged({ id, measured: null, verdict: "out of scale", because: "smoke only shows that everything runs" })
  );
  const text = claimsTable(beyond, { columns: 100, paint: plain });
  assertEquals(text.split("\n").at(-1), "A, B: smoke only shows that everything runs");
  assertEquals(text.split("smoke").length, 2);
});

Deno.test("claimsTable() says so when there are no claims", () => {
  assertEquals(claimsTable([], { columns: 80, paint: plain }), "The pipeline makes no claims.");
});

Deno.test("claimsMarkdown() is a row a claim, with nothing that Markdown would read as its own", () => {
  const lines = claimsMarkdown(claims).split("\n");
  assertEquals(lines.length, claims.length + 2);
  assertEquals(
    lines[2],
    "| T1 | TSSA's time grows linearly with the number of tokens, softmax attention's quadratically " +
      "(§3.2, Table 1) | 1.023 [0.981, 1.065] | 0.8 to 1.2 | 1 | ✓ reproduced |",
  );
  assertEquals(
    lines.at(-1),
    "| X2 | it withstands Gaussian noise (extension, not in the paper) | " +
      "accuracy-3fa2c1 failed |  |  | ? unmeasured |",
  );
  const says = "Z_k | <b> *is* flat";
  assertStringIncludes(claimsMarkdown([{ ...claims[0]!, says }]), "Z\\_k \\| \\<b> \\*is\\* flat");
});
