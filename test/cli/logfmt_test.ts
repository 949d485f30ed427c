import { assertEquals } from "@std/assert";
import { eventFields, logfmt, thinned } from "../../lib/cli/logfmt.ts";
import type { Event } from "../../lib/dag/event.ts";
import { label } from "../../lib/dag/node.ts";
import { digits, failureOf, recordOf, trainings } from "./fixture.ts";

const node = trainings[0]!;
const name = label(node);

Deno.test("logfmt() quotes what needs it and leaves out what is undefined", () => {
  assertEquals(
    logfmt({
      a: 1,
      b: true,
      c: undefined,
      d: "plain",
      e: "two words",
      f: 'say "no"',
      g: "",
      h: "x=y",
      i: "σ\n",
    }),
    String.raw`a=1 b=true d=plain e="two words" f="say \"no\"" g="" h="x=y" i="σ\n"`,
  );
});

Deno.test("eventFields() makes one line of every event", () => {
  const lines: readonly (readonly [Event, string])[] = [
    [{ type: "planned", nodes: [digits, node] }, "event=planned nodes=2"],
    [
      { type: "preparing", capability: "mnist", doing: "unpacking" },
      "event=preparing capability=mnist doing=unpacking",
    ],
    [
      { type: "prepared", capability: "mnist", seconds: 1.23456 },
      "event=prepared capability=mnist seconds=1.235",
    ],
    [{ type: "hit", node, record: recordOf(node) }, `event=hit node=${name} key=aaaaaaaaaaaa`],
    [{ type: "waiting", node }, `event=waiting node=${name}`],
    [
      {
        type: "started",
        node,
        reasons: [{ type: "forced" }, { type: "never-ran" }],
        executor: "inline",
        attempt: 2,
      },
      `event=started node=${name} executor=inline attempt=2 reason="forced; never ran"`,
    ],
    [
      { type: "progress", node, progress: { step: 1, total: 2, unit: "images", values: { loss: 0.5 } } },
      `event=progress node=${name} step=1 total=2 unit=images loss=0.5`,
    ],
    [{ type: "log", node, line: "a line" }, `event=log node=${name} line="a line"`],
    [
      { type: "retrying", node, error: failureOf(node), attempt: 1 },
      `event=retrying node=${name} attempt=1 error="the worker was killed by the system: out of memory"`,
    ],
    [
      { type: "finished", node, record: recordOf(node) },
      `event=finished node=${name} key=aaaaaaaaaaaa seconds=1.5 memory=412MiB`,
    ],
    [
      { type: "failed", node, error: failureOf(node) },
      `event=failed node=${name} reason=died error="the worker was killed by the system: out of memory" ` +
      'remedy="give the task more memory in `resources`"',
    ],
    [{ type: "skipped", node, because: digits }, `event=skipped node=${name} because=${label(digits)}`],
    [
      { type: "quarantined", digest: "f".repeat(64), producer: digits },
      `event=quarantined digest=ffffffffffff producer=${label(digits)}`,
    ],
  ];
  for (const [event, line] of lines) assertEquals(logfmt(eventFields(event)!), line);
});

Deno.test("thinned() lets through one line of progress a node and pause, and all else", () => {
  const isDue = thinned(1000);
  const step = (of: typeof node): Event => ({ type: "progress", node: of, progress: { step: 1, total: 9 } });
  assertEquals(
    [
      isDue(step(node), 0),
      isDue(step(node), 999),
      isDue(step(trainings[1]!), 999),
      isDue({ type: "log", node, line: "" }, 999),
      isDue(step(node), 1000),
    ],
    [true, false, true, true, true],
  );
});
