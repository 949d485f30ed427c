import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { liveLines } from "../../lib/cli/live_lines.ts";
import { paint } from "../../lib/cli/paint.ts";
import { advance, begun, type RunProgress, secondsLeft } from "../../lib/cli/progress.ts";
import { width } from "../../lib/cli/text.ts";
import type { Event } from "../../lib/dag/event.ts";
import { digits, failureOf, recordOf, trainings } from "./fixture.ts";

const [first, second, third] = trainings as unknown as [
  typeof trainings[0],
  typeof trainings[0],
  typeof trainings[0],
];
const screen = { columns: 100, rows: 24, paint: paint(false) };

/** Events at times in milliseconds, folded. */
function after(...events: readonly (readonly [number, Event])[]): RunProgress {
  return events.reduce((run, [now, event]) => advance(run, event, now), begun(0));
}

const planned: Event = { type: "planned", nodes: [digits, ...trainings] };
const started = (node: typeof first, attempt = 1): Event => ({
  type: "started",
  node,
  reasons: [],
  executor: "process",
  attempt,
});
const step = (node: typeof first, step: number, values = {}): Event => ({
  type: "progress",
  node,
  progress: { step, total: 1000, values },
});

Deno.test("advance() counts how nodes end", () => {
  const run = after(
    [0, planned],
    [1, { type: "hit", node: digits, record: recordOf(digits) }],
    [2, started(first)],
    [3, started(second)],
    [4, { type: "finished", node: first, record: recordOf(first) }],
    [5, { type: "failed", node: second, error: failureOf(second) }],
    [6, { type: "skipped", node: third, because: second }],
  );
  const { total, ran, reused, failed, skipped, running } = run;
  assertEquals(
    { total, ran, reused, failed, skipped, running: running.size },
    { total: 4, ran: 1, reused: 1, failed: 1, skipped: 1, running: 0 },
  );
});

Deno.test("advance() shows a node once while it is tried again", () => {
  const run = after(
    [0, planned],
    [1, started(first)],
    [2, { type: "retrying", node: first, error: failureOf(first), attempt: 1 }],
    [3, started(first, 2)],
  );
  assertEquals([...run.running.values()].map(({ attempt }) => attempt), [2]);
});

Deno.test("secondsLeft() takes the pace from where a resumed node began", () => {
  const run = after([0, planned], [0, started(first)], [10_000, step(first, 600)], [
    12_000,
    step(first, 700),
  ]);
  // 100 steps in 2 s, 300 to go
  assertAlmostEquals(secondsLeft(run.running.get(first.address)!, 12_000)!, 6);
});

Deno.test("secondsLeft() is unknown before the second report", () => {
  const run = after([0, planned], [0, started(first)], [10, step(first, 1)]);
  assertEquals(secondsLeft(run.running.get(first.address)!, 20), undefined);
});

Deno.test("liveLines() draws a bar for each running node and a summary", () => {
  const run = after(
    [0, planned],
    [0, { type: "preparing", capability: "tensorflow", doing: "downloading", done: 60e6, total: 240e6 }],
    [0, { type: "hit", node: digits, record: recordOf(digits) }],
    [0, started(first)],
    [0, started(second)],
    [0, { type: "waiting", node: third }],
    [0, step(first, 0)],
    [2000, step(first, 500, { loss: 0.31234 })],
  );
  assertEquals(liveLines(run, screen, 4000), [
    "tensorflow               ━━━━━───────────────  downloading  60.0 MB of 240 MB",
    `${nameOf(0)}  ━━━━━━━━━━──────────  500/1000  loss 0.3123  4.00 s left  seed 1`,
    `${nameOf(1)}  ⠋                     4.00 s  seed 2`,
    `${nameOf(2)}  ⠋                     another process is making it  4.00 s`,
    "1/4 nodes · 3 running · 1 reused · 4.00 s",
  ]);
});

Deno.test("liveLines() fits any terminal", () => {
  const run = after(
    [0, planned],
    ...trainings.map((node) => [0, started(node)] as const),
    [1, step(first, 1, { loss: 1 })],
    [2, step(first, 2, { loss: 1, accuracy: 0.5, rate: 1e-5 })],
  );
  for (const columns of [10, 20, 40, 60, 80, 200]) {
    for (const rows of [1, 4, 5, 24]) {
      const lines = liveLines(run, { columns, rows, paint: paint(true) }, 60_000);
      for (const line of lines) assert(width(line) < columns, `${columns}: ${line}`);
      assert(lines.length <= Math.max(3, rows), `${rows}: ${lines.length} lines`);
    }
  }
});

function nameOf(index: number): string {
  return `train-classifier-${trainings[index]!.address.slice(0, 6)}`;
}
