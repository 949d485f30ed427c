/**
 * `inspect`: its commands, their flags and their help.
 *
 * @module
 */
import * as Argument from "effect/cli/Argument";
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Effect from "effect/Effect";
import { json, preset, store } from "../flags.ts";
import { lazily } from "../lazy.ts";

const reference = Argument.String("node").pipe(
  Argument.withDescription("A label, a task's name, or the beginning of an address, a key or a digest"),
);

const listConfig = {
  what: Argument.String("filter").pipe(
    Argument.optional,
    Argument.withDescription("A paper, a task or a kind of artifact; all of the latest runs where absent"),
  ),
  json,
  store,
};

const showConfig = {
  node: reference,
  csv: Flag.Boolean("csv").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Print the whole table that the node made as CSV, and nothing else"),
  ),
  svg: Flag.Boolean("svg").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Print the figure that the node made as SVG, and nothing else"),
  ),
  json,
  store,
};

const lineageConfig = { node: reference, json, store };

const whyConfig = {
  subject: Argument.String("paper or node").pipe(
    Argument.withDescription(
      "A paper: what would run, and why. A node: why it would run, or why it last ran",
    ),
  ),
  preset: preset.pipe(
    Flag.optional,
    Flag.withDescription("The preset to plan (default: that of the paper's latest run)"),
  ),
  json,
  store,
};

const run = (name: string) =>
  Argument.String(name).pipe(Argument.withDescription("A run's id, the beginning of one, or latest"));

const diffConfig = { before: run("before"), after: run("after"), json, store };

const claimsConfig = {
  paper: Argument.String("paper").pipe(
    Argument.optional,
    Argument.withDescription("A paper; every paper that has run where absent"),
  ),
  markdown: Flag.Boolean("markdown").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Print the claims as tables in Markdown"),
  ),
  json,
  store,
};

/** What each command was asked for. */
export type ListInput = Command.Command.Config.Infer<typeof listConfig>;
/** What `inspect show` was asked for. */
export type ShowInput = Command.Command.Config.Infer<typeof showConfig>;
/** What `inspect lineage` was asked for. */
export type LineageInput = Command.Command.Config.Infer<typeof lineageConfig>;
/** What `inspect why` was asked for. */
export type WhyInput = Command.Command.Config.Infer<typeof whyConfig>;
/** What `inspect diff` was asked for. */
export type DiffInput = Command.Command.Config.Infer<typeof diffConfig>;
/** What `inspect claims` was asked for. */
export type ClaimsInput = Command.Command.Config.Infer<typeof claimsConfig>;

const list = Command.make("list", listConfig, (input) =>
  Effect.gen(function* () {
    const { inspectList } = yield* Effect.promise(() =>
      lazily<typeof import("../inspect/list.ts")>(import.meta.resolve("../inspect/list.ts"))
    );
    yield* inspectList(input);
  })).pipe(
    Command.withDescription("List runs, and the nodes of the latest run of each paper"),
    Command.withExamples([
      { command: "deno task inspect list" },
      { command: "deno task inspect list tost", description: "One paper's nodes" },
      { command: "deno task inspect list checkpoint", description: "All checkpoints" },
    ]),
  );

const show = Command.make("show", showConfig, (input) =>
  Effect.gen(function* () {
    const { inspectShow } = yield* Effect.promise(() =>
      lazily<typeof import("../inspect/show.ts")>(import.meta.resolve("../inspect/show.ts"))
    );
    yield* inspectShow(input);
  })).pipe(
    Command.withDescription("Show a node's latest execution, and what it made"),
    Command.withExamples([
      { command: "deno task inspect show train-tost-3fa2c1" },
      { command: "deno task inspect show tabulate-metrics --csv > accuracies.csv", description: "A table" },
      {
        command: "deno task inspect show draw-attention-scaling --svg > scaling.svg",
        description: "A figure",
      },
    ]),
  );

const lineage = Command.make("lineage", lineageConfig, (input) =>
  Effect.gen(function* () {
    const { inspectLineage } = yield* Effect.promise(() =>
      lazily<typeof import("../inspect/lineage.ts")>(import.meta.resolve("../inspect/lineage.ts"))
    );
    yield* inspectLineage(input);
  })).pipe(
    Command.withDescription("Show what a node was made from, and what was made from it"),
    Command.withExamples([{ command: "deno task inspect lineage tost-accuracy-81c0de" }]),
  );

const why = Command.make("why", whyConfig, (input) =>
  Effect.gen(function* () {
    const { inspectWhy } = yield* Effect.promise(() =>
      lazily<typeof import("../inspect/why.ts")>(import.meta.resolve("../inspect/why.ts"))
    );
    yield* inspectWhy(input);
  })).pipe(
    Command.withDescription(
      "Show why nodes would run, or last ran, with the evidence: the code's diff, old and new values",
    ),
    Command.withExamples([
      { command: "deno task inspect why tost", description: "What the next run would do" },
      { command: "deno task inspect why train-tost-3fa2c1" },
    ]),
  );

const diff = Command.make("diff", diffConfig, (input) =>
  Effect.gen(function* () {
    const { inspectDiff } = yield* Effect.promise(() =>
      lazily<typeof import("../inspect/diff.ts")>(import.meta.resolve("../inspect/diff.ts"))
    );
    yield* inspectDiff(input);
  })).pipe(
    Command.withDescription("Show two runs side by side: the claims and the nodes that differ"),
    Command.withExamples([{ command: "deno task inspect diff 20261124T231501 latest" }]),
  );

const claims = Command.make("claims", claimsConfig, (input) =>
  Effect.gen(function* () {
    const { inspectClaims } = yield* Effect.promise(() =>
      lazily<typeof import("../inspect/claims.ts")>(import.meta.resolve("../inspect/claims.ts"))
    );
    yield* inspectClaims(input);
  })).pipe(
    Command.withDescription("Show the claims of the latest runs"),
    Command.withExamples([
      { command: "deno task inspect claims tost" },
      { command: "deno task inspect claims tost --markdown > tost.md", description: "For a page" },
    ]),
  );

/** The `inspect` command. */
export const inspectCommand = Command.make("inspect").pipe(
  Command.withDescription("Look at nodes, artifacts, lineage, reasons and claims"),
  Command.withSubcommands([list, show, lineage, why, diff, claims]),
);
