/**
 * Readiness: whether this machine has what a run needs, told before anything runs.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Capability, CapabilityError } from "./dag/capability.ts";
import { declaredUses } from "./dag/key.ts";
import type { Planned } from "./dag/plan.ts";
import { sentence } from "./sentence.ts";

/** What a run needs is not to be had on this machine: each thing with the line that mends it. */
export class NotReady extends Schema.TaggedError<NotReady>()("NotReady", {
  message: Schema.String,
  missing: Schema.Array(Schema.Struct({ what: Schema.String, why: Schema.String, remedy: Schema.String })),
}) {}

/**
 * Refuses a run early, with all that it lacks: a capability that is neither at hand nor to be fetched, a graphics
 * processor where there is none.
 *
 * @param planned The nodes as planned; fresh ones need nothing.
 * @param options What there is.
 */
export const requireReady = Effect.fn("requireReady")(function* (
  planned: readonly Planned[],
  options: {
    readonly capabilities: Readonly<Record<string, Capability>>;
    readonly gpus: readonly number[];
    readonly what: string;
  },
) {
  const nodes = planned.filter(({ state }) => state !== "fresh").map(({ node }) => node);
  const open = nodes.map(({ task }) => task.spec);
  const names = [...new Set(nodes.flatMap(declaredUses))].sort();
  const lacking = yield* Effect.forEach(names, (name) => lack(options.capabilities[name]!), {
    concurrency: "unbounded",
  });
  const device = open.find(({ resources }) => (resources?.gpu ?? 0) > options.gpus.length);
  const missing = [
    ...together(lacking.flat()),
    ...(device === undefined ? [] : [{
      what: `${device.resources!.gpu} GPU`,
      why: `task ${device.name} needs it and ${options.gpus.length} are in use here`,
      remedy: "Run where there is one, with ASSAY_DEVICE=gpu.",
    }]),
  ];
  if (missing.length === 0) return;
  const list = missing.map(({ what, why, remedy }) =>
    `\n  ${what}: ${why.replace(/\.$/, "")}. ${sentence(remedy)}`
  )
    .join("");
  return yield* new NotReady({ message: `${options.what} cannot run here. It lacks:${list}`, missing });
});

/** Names together what is lacking for one reason, as two looks at one folder are. */
function together(missing: readonly Missing[]): readonly Missing[] {
  const reasons = Map.groupBy(missing, ({ why, remedy }) => `${why} ${remedy}`);
  return [...reasons.values()].map((alike) => ({
    ...alike[0]!,
    what: alike.map(({ what }) => what).join(", "),
  }));
}

type Missing = NotReady["missing"][number];

function lack(capability: Capability) {
  return capability.check.pipe(
    Effect.map(({ ready, detail }) =>
      ready ? [] : [{ what: capability.name, why: detail, remedy: "See deno task doctor." }]
    ),
    Effect.catchTag("CapabilityError", (error: CapabilityError) =>
      Effect.succeed([{
        what: capability.name,
        why: error.message,
        remedy: error.remedy,
      }])),
  );
}
