/**
 * Judged claims and records as runs leave them, for the tests of what shows them.
 *
 * @module
 */
import type { Judged } from "../../lib/claim/verdict.ts";
import { recordHash } from "../../lib/dag/digest.ts";
import type { RunNode, RunRecord } from "../../lib/dag/record.ts";

/** A judged claim; what is not given is as plain as can be. */
export function judged(given: Partial<Judged> & Pick<Judged, "id">): Judged {
  return {
    source: "Table 2",
    says: "the rate falls with depth",
    expect: "≥ 0.6",
    paper: null,
    unit: null,
    extension: false,
    note: null,
    measured: { value: 0.6583, low: 0.6412, high: 0.6754, n: 3 },
    verdict: "reproduced",
    because: null,
    from: [],
    ...given,
  };
}

/** One claim of each verdict, of an extension and of a negative result, as a quick run of a paper might end. */
export const claims: readonly Judged[] = [
  judged({
    id: "T1",
    source: "§3.2, Table 1",
    says: "TSSA's time grows linearly with the number of tokens, softmax attention's quadratically",
    expect: "0.8 to 1.2",
    measured: { value: 1.0231, low: 0.9811, high: 1.0652, n: 5 },
    paper: 1,
  }),
  judged({
    id: "T2",
    source: "Table 2",
    says: "ToST is as accurate as softmax attention on the same skeleton, within 3 points",
    expect: "≥ -3",
    measured: { value: -1.24, low: -4.1, high: 1.62, n: 3 },
    unit: "points",
    verdict: "inconclusive",
    note: "MNIST in place of ImageNet-1k.",
  }),
  judged({
    id: "T8",
    source: "Table 3",
    says: "ToST-M has 68.1 million parameters",
    expect: "68000000 to 68200000",
    paper: 68_100_000,
    measured: { value: 71_481_064, low: 71_481_064, high: 71_481_064, n: 1 },
    verdict: "contradicted",
  }),
  judged({
    id: "T7",
    source: "Table 4",
    says: "ToST is more accurate than the transformer on Long Range Arena",
    measured: null,
    verdict: "out of scale",
    because: "Long Range Arena takes a GPU; the laptop preset can speak to it.",
  }),
  judged({
    id: "X1",
    says: "ToST keeps more of its accuracy under PGD-10 than its softmax twin",
    expect: "> 0",
    extension: true,
    measured: { value: 2.4, low: null, high: null, n: 1 },
    unit: "points",
    verdict: "inconclusive",
  }),
  judged({
    id: "X2",
    says: "it withstands Gaussian noise",
    extension: true,
    measured: null,
    verdict: "unmeasured",
    because: "accuracy-3fa2c1 failed",
  }),
];

/** A node as a run records it. Its address says what it is. */
export function runNode(
  task: string,
  params: RunNode["params"] = {},
  inputs: Readonly<Record<string, RunNode>> = {},
  state: RunNode["state"] = "ran",
): RunNode {
  const wired = Object.entries(inputs).map(([input, { address }]) => ({ input, address }));
  const address = recordHash("fixture", { task, params, inputs: wired });
  return {
    label: `${task}-${address.slice(0, 6)}`,
    address,
    task,
    params,
    inputs: wired,
    state,
    key: null,
    digest: null,
    seconds: 1,
    reasons: ["never ran"],
    error: state === "failed" ? "TypeError: it <went> wrong" : null,
  };
}

/** A run. */
export function runOf(
  nodes: readonly RunNode[],
  claims: readonly Judged[],
  given: Partial<RunRecord> = {},
): RunRecord {
  return {
    version: 1,
    id: "20261124T231501-4821",
    pipeline: "tiny",
    preset: "quick",
    seeds: [0, 1, 2],
    started: "2026-11-24T23:15:01.000Z",
    seconds: 84.2,
    outcome: "done",
    nodes,
    claims: claims as unknown as RunRecord["claims"],
    ...given,
  };
}
