/**
 * `inspect why`: why nodes would run, or why they last ran, with the evidence.
 *
 * @module
 */
import * as Console from "effect/Console";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import { assemble } from "../../assemble.ts";
import { capabilities } from "../../capabilities.ts";
import { label } from "../../dag/node.ts";
import type { Pipeline, PresetName } from "../../dag/pipeline.ts";
import { plan, type Planned } from "../../dag/plan.ts";
import type { NodeRecord, RunRecord } from "../../dag/record.ts";
import type { Store } from "../../dag/store.ts";
import { count } from "../../report/number.ts";
import type { WhyInput } from "../commands/inspect.ts";
import { type Paint, screenOf } from "../paint.ts";
import { loadPaper, papers } from "../papers.ts";
import { scopedStore } from "../scoped_store.ts";
import { wrap } from "../text.ts";
import { prove, provedLines, reasonsFor, type Why } from "./evidence.ts";
import { findExecution, labelOf } from "./resolve.ts";

/** Shows why a paper's nodes, or one node, would run; for what is fresh, why it last ran. */
export const inspectWhy = Effect.fn("inspectWhy")(function* (input: WhyInput) {
  const store = yield* scopedStore(input.store);
  const isPaper = Object.hasOwn(papers, input.subject) || /\.[jt]sx?$/.test(input.subject);
  if (isPaper) {
    const pipeline = yield* loadPaper(input.subject);
    const runs = store.runs(pipeline.name);
    const planned = yield* planOf(pipeline, input, runs[0], store);
    // The latest run may have had nothing to do: what one wants to know is why something ran at all.
    const ran = runs.find(({ nodes }) => nodes.some(({ state }) => state === "ran"));
    return yield* tell(input, store, future(planned), past(ran, store), planned);
  }
  const record = yield* findExecution(store, input.subject);
  const run = store.runs().find(({ nodes }) => nodes.some(({ address }) => address === record.address));
  const planned = run !== undefined && Object.hasOwn(papers, run.pipeline)
    ? (yield* planOf(yield* loadPaper(run.pipeline), input, run, store))
      .filter(({ node }) => node.address === record.address)
    : [];
  return yield* tell(input, store, future(planned), [why(record, store)], planned);
}, Effect.scoped);

const planOf = Effect.fn("planOf")(function* (
  pipeline: Pipeline,
  input: WhyInput,
  run: RunRecord | undefined,
  store: Store,
) {
  const preset = Option.getOrElse(input.preset, () => (run?.preset ?? "quick") as PresetName);
  const like = run?.preset === preset ? { seeds: run.seeds.length, overrides: run.overrides } : {};
  const { roots } = yield* assemble(pipeline, { preset, ...like });
  return yield* plan(roots, { store, capabilities, force: () => false });
});

/** Why nodes would run now. */
function future(planned: readonly Planned[]): readonly Why[] {
  return planned.filter(({ state }) => state === "stale")
    .map(({ node, reasons }) => ({ label: label(node), reasons }));
}

/** Why nodes ran in a run. */
function past(run: RunRecord | undefined, store: Store): readonly Why[] {
  return (run?.nodes ?? []).filter(({ state }) => state === "ran")
    .flatMap(({ key }) => store.readNode(key!) ?? []).map((record) => why(record, store));
}

function why(record: NodeRecord, store: Store): Why {
  const reasons = record.reasons.includes("never ran") ? [] : reasonsFor(record, store);
  return { label: labelOf(record), reasons: reasons.length === 0 ? [{ type: "never-ran" }] : reasons };
}

const tell = Effect.fn("tell")(function* (
  input: WhyInput,
  store: Store,
  next: readonly Why[],
  last: readonly Why[],
  planned: readonly Planned[],
) {
  const stale = next.length > 0;
  const proved = yield* Effect.promise(() => prove(stale ? next : last, store));
  if (input.json) {
    return yield* Console.log(JSON.stringify({ state: stale ? "stale" : "fresh", nodes: proved }, null, 2));
  }
  const { paint, columns } = screenOf("stdout");
  yield* Console.log(headline(stale, last.length, planned, paint));
  const isNew = ({ reasons }: Why) => reasons.every(({ type }) => type === "never-ran");
  for (const one of proved.filter((one) => !isNew(one))) {
    yield* Console.log(`\n${provedLines(one, paint).join("\n")}`);
  }
  const never = proved.filter(isNew).map(({ label }) => label);
  if (never.length > 0) {
    yield* Console.log(`\n${paint.bold("never ran")}`);
    for (const line of wrap(never.join(" "), columns - 2)) yield* Console.log(`  ${line}`);
  }
});

function headline(stale: boolean, ran: number, planned: readonly Planned[], paint: Paint): string {
  const inState = (state: Planned["state"]) => planned.filter((one) => one.state === state).length;
  if (stale) {
    const waiting = inState("waiting") > 0 ? `, and ${inState("waiting")} after them may follow` : "";
    return paint.bold(`${count(inState("stale"), "node")} would run${waiting}:`);
  }
  const fresh = planned.length === 0 ? "" : "Nothing would run now. ";
  return paint.bold(ran === 0 ? `${fresh}Nothing ran yet.` : `${fresh}Why it last ran:`);
}
