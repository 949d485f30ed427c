import { assert, assertEquals } from "@std/assert";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { assemble } from "../lib/assemble.ts";
import type { Claim } from "../lib/claim/claim.ts";
import { above } from "../lib/claim/expectation.ts";
import { metric } from "../lib/claim/measure.ts";
import { recordedClaims } from "../lib/claim/recorded.ts";
import { type Capability, CapabilityError } from "../lib/dag/capability.ts";
import { PipelineError } from "../lib/dag/errors.ts";
import { pipeline } from "../lib/dag/pipeline.ts";
import { plan } from "../lib/dag/plan.ts";
import { requireReady } from "../lib/readiness.ts";
import { reproduce, type ReproduceOptions } from "../lib/reproduce.ts";
import { temporaryStore } from "./fixtures/run.ts";
import { average, draw, tiny } from "./fixtures/tiny/tiny.ts";

const quiet: Omit<ReproduceOptions, "store"> = {
  capabilities: {},
  cores: 2,
  memory: 4096,
  gpus: [],
  keepGoing: true,
  force: () => false,
  onEvent: () => {},
};

/** A paper with claims about one average. */
function paper(...claims: readonly Claim[]) {
  const build = () => ({ figures: [], claims });
  return pipeline({ ...tiny, build });
}
const sample = draw({ count: 5, seed: 0 }, {});
const mean = average({ offset: 0 }, { sample });
const about = { id: "C", source: "§1", says: "it is positive", expect: above(0) };

Deno.test("assemble() repeats over as many seeds as asked, and refuses two claims of one id", async () => {
  const three = await Effect.runPromise(assemble(tiny, { preset: "smoke" }));
  const five = await Effect.runPromise(assemble(tiny, { preset: "smoke", seeds: 5 }));
  assertEquals([three.seeds, five.seeds], [[0, 1, 2], [0, 1, 2, 3, 4]]);
  const error = await Effect.runPromise(Effect.flip(assemble(paper(about, about), { preset: "smoke" })));
  assert(error instanceof PipelineError);
  assertEquals(error.message, "pipeline tiny has two claims with the id C");
});

Deno.test("assemble() makes no node for a claim that is out of scale", async () => {
  const beyond = { ...about, measure: metric(mean, "mean"), outOfScale: "too small" };
  const { nodes } = await Effect.runPromise(assemble(paper(beyond), { preset: "smoke" }));
  assertEquals(nodes, []);
});

Deno.test("reproduce() records the run, with each node's state and the judged claims", async () => {
  using store = temporaryStore();
  const assembled = await Effect.runPromise(assemble(tiny, { preset: "smoke" }));
  const run = await Effect.runPromise(reproduce(assembled, { ...quiet, store }));
  assertEquals(run.outcome, "done");
  assertEquals(new Set(run.nodes.map(({ state }) => state)), new Set(["ran"]));
  assertEquals(recordedClaims(run).map(({ id }) => id), ["C1", "C2", "C3", "C4", "C5", "C6"]);
  assertEquals(store.readRun(run.id), run);
  const again = await Effect.runPromise(reproduce(assembled, { ...quiet, store }));
  assertEquals(new Set(again.nodes.map(({ state }) => state)), new Set(["hit"]));
  assertEquals(again.claims, run.claims);
});

Deno.test("reproduce() leaves a claim unmeasured whose metric is absent, and says which there are", async () => {
  using store = temporaryStore();
  const lost = { ...about, measure: metric([mean, mean], "median") };
  const assembled = await Effect.runPromise(assemble(paper(lost), { preset: "smoke" }));
  const [judged] = recordedClaims(await Effect.runPromise(reproduce(assembled, { ...quiet, store })));
  assertEquals(judged!.verdict, "unmeasured");
  assertEquals(judged!.because, "the metrics have no number at median; they have mean");
});

Deno.test("reproduce() records an interrupted run", async () => {
  using store = temporaryStore();
  const assembled = await Effect.runPromise(assemble(tiny, { preset: "laptop" }));
  const controller = new AbortController();
  const onEvent: ReproduceOptions["onEvent"] = ({ type }) => type === "progress" && controller.abort();
  const exit = await Effect.runPromiseExit(
    reproduce(assembled, { ...quiet, store, onEvent }),
    { signal: controller.signal },
  );
  assert(Exit.isFailure(exit));
  const [run] = store.runs();
  assertEquals(run!.outcome, "interrupted");
  const counted = run!.nodes.find(({ task }) => task === "count-down");
  assertEquals([counted!.state, counted!.key], ["interrupted", null]);
});

Deno.test("requireReady() lists all that is lacking, and asks nothing of fresh nodes", async () => {
  using store = temporaryStore();
  const capability = (name: string, check: Capability["check"]): Capability => ({
    name,
    about: name,
    identity: () => ({}),
    check,
    prepare: () => Effect.die("never prepared"),
  });
  const capabilities = {
    here: capability("here", Effect.succeed({ ready: true, detail: "at hand" })),
    absent: capability("absent", Effect.succeed({ ready: false, detail: "nobody has it" })),
    broken: capability(
      "broken",
      Effect.fail(
        new CapabilityError({ capability: "broken", message: "its disk is gone", remedy: "buy one" }),
      ),
    ),
  };
  const [planned] = await Effect.runPromise(plan([sample], { store, capabilities, force: () => false }));
  const spec = { ...sample.task.spec, uses: ["here", "absent", "broken"], resources: { gpu: 2 } };
  const node = { ...sample, task: Object.assign(() => sample, { spec, origin: sample.task.origin }) };
  const needy = { ...planned!, node: node as unknown as typeof sample };
  const options = { capabilities, gpus: [0], what: "It" };
  const error = await Effect.runPromise(Effect.flip(requireReady([needy], options)));
  assertEquals(error.message.split("\n"), [
    "It cannot run here. It lacks:",
    "  absent: nobody has it. See deno task doctor.",
    "  broken: its disk is gone. Buy one.",
    "  2 GPU: task draw needs it and 1 are in use here. Run where there is one, with ASSAY_DEVICE=gpu.",
  ]);
  await Effect.runPromise(requireReady([{ ...needy, state: "fresh" }], options));
});
