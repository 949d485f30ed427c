/** What the scheduler does when nodes fail. */
import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { label } from "../../lib/dag/node.ts";
import { double, sum } from "../fixtures/counting.ts";
import { run, temporaryStore, valueOf } from "../fixtures/run.ts";
import { fails, flaky, heavy, throws } from "../fixtures/trouble.ts";

Deno.test("a failure ends the run; what did not start is interrupted or skipped", async () => {
  using store = temporaryStore();
  const bad = fails({ milliseconds: 0 }, { after: [] });
  const behind = double({}, { of: bad });
  const slow = heavy({ value: 1, milliseconds: 60_000 }, {});
  const outcome = await run(store, [behind, slow, double({}, { of: slow })]);
  assertEquals(outcome.state(bad), "failed");
  assertEquals(outcome.state(behind), "skipped");
  assertEquals(outcome.state(slow), "interrupted");
  const error = outcome.error(bad);
  assertEquals(error.node, label(bad));
  assertEquals(error.reason, "failed");
  assertEquals(error.message, "Sorrow: the data are sad");
  assertEquals(error.remedy, "cheer them up");
  assertEquals(error.log, ["about to fail"]);
});

Deno.test("with keepGoing, other branches go on after a failure", async () => {
  using store = temporaryStore();
  const bad = throws({}, {});
  const behind = double({}, { of: bad });
  const further = double({}, { of: behind });
  const good = heavy({ value: 1, milliseconds: 100 }, {});
  const mixed = sum({ plus: 0 }, { terms: [good, bad] });
  const outcome = await run(store, [further, mixed, double({}, { of: good })], { keepGoing: true });
  const states = [bad, behind, further, good, mixed].map(outcome.state);
  assertEquals(states, ["failed", "skipped", "skipped", "ran", "skipped"]);
  assertEquals(outcome.error(bad).message, "RangeError: index 7 is out of bounds");
  const because = outcome.events.flatMap((event) =>
    event.type === "skipped" ? [[event.node, event.because]] : []
  );
  assertEquals(because, [[behind, bad], [further, behind], [mixed, bad]]);
  assertEquals(outcome.ran.filter((name) => name === "double").length, 1);
});

Deno.test("a failed node is tried again as often as its task says, each time later", async () => {
  using store = temporaryStore();
  const lucky = flaky({ succeedsAt: 3 }, {});
  const started = performance.now();
  const outcome = await run(store, [lucky]);
  assertEquals(valueOf(store, outcome, lucky), 3);
  assertEquals(outcome.ran, ["flaky", "flaky", "flaky"]);
  const attempts = outcome.events.flatMap((event) => event.type === "started" ? [event.attempt] : []);
  assertEquals(attempts, [1, 2, 3]);
  const retries = outcome.events.flatMap((event) => event.type === "retrying" ? [event.error.message] : []);
  assertEquals(retries, ["try 1 failed", "try 2 failed"]);
  assertGreaterOrEqual(performance.now() - started, 250 + 500);
});

Deno.test("a node that fails more often than that fails", async () => {
  using store = temporaryStore();
  const unlucky = flaky({ succeedsAt: 4 }, {});
  const outcome = await run(store, [unlucky]);
  assertEquals(outcome.state(unlucky), "failed");
  assertEquals(outcome.error(unlucky).message, "try 3 failed");
});
