/**
 * `reproduce`: its flags and its help.
 *
 * @module
 */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { json, paperNames, preset, store } from "../flags.ts";
import { lazily } from "../lazy.ts";

const Count = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 }));

const config = {
  papers: paperNames,
  preset: preset.pipe(Flag.withDefault("quick" as const)),
  seeds: Flag.Int("seeds").pipe(
    Flag.withSchema(Count),
    Flag.optional,
    Flag.withDescription("How many seeds to repeat over (default: what the preset says)"),
  ),
  set: Flag.String("set").pipe(
    Flag.withMetavar("TASK.PARAM=VALUE"),
    Flag.withDescription("Replace a parameter; may be given several times"),
    Flag.atLeast(0),
  ),
  jobs: Flag.Int("jobs").pipe(
    Flag.withAlias("j"),
    Flag.withSchema(Count),
    Flag.optional,
    Flag.withDescription("How many cores to use (default: all)"),
  ),
  only: Flag.String("only").pipe(
    Flag.withMetavar("NODE"),
    Flag.withDescription("Make only this node (label, task or address) and what it needs"),
    Flag.atLeast(0),
  ),
  force: Flag.String("force").pipe(
    Flag.withMetavar("NODE"),
    Flag.withDescription("Run this node even when its result is at hand; all for every node"),
    Flag.atLeast(0),
  ),
  keepGoing: Flag.Boolean("keep-going").pipe(
    Flag.withAlias("k"),
    Flag.withDefault(false),
    Flag.withDescription("After a failure, go on with what does not depend on it"),
  ),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withAlias("n"),
    Flag.withDefault(false),
    Flag.withDescription("Print what would run and why; run nothing"),
  ),
  strict: Flag.Boolean("strict").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Exit with 1 when a claim is contradicted"),
  ),
  json,
  store,
};

/** What `reproduce` was asked for. */
export type ReproduceInput = Command.Command.Config.Infer<typeof config>;

/** The `reproduce` command. */
export const reproduceCommand = Command.make("reproduce", config, (input) =>
  Effect.gen(function* () {
    const { reproducePapers } = yield* Effect.promise(() =>
      lazily<typeof import("../reproduce.ts")>(import.meta.resolve("../reproduce.ts"))
    );
    yield* reproducePapers(input);
  })).pipe(
    Command.withDescription("Run what is stale of a paper, judge its claims, write the report"),
    Command.withShortDescription("Run what is stale of a paper and judge its claims"),
    Command.withExamples([
      { command: "deno task reproduce tost", description: "The default preset, quick" },
      { command: "deno task reproduce tost --preset smoke -j 2", description: "Seconds, on two cores" },
      {
        command: "deno task reproduce tost --seeds 5 --set train-classifier.steps=500",
        description: "Five seeds, shorter training",
      },
      {
        command: "deno task reproduce tost --preset paper --dry-run",
        description: "What the original would take",
      },
      { command: "deno task reproduce all --keep-going", description: "Every paper" },
    ]),
  );
