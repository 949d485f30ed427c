/**
 * `store`: its commands, their flags and their help.
 *
 * @module
 */
import * as Command from "effect/cli/Command";
import * as Flag from "effect/cli/Flag";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { json, store } from "../flags.ts";
import { lazily } from "../lazy.ts";

const Count = Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0));

const verifyConfig = {
  repair: Flag.Boolean("repair").pipe(
    Flag.withDefault(false),
    Flag.withDescription(
      "Move corrupt objects aside and forget their nodes, so that the next run makes them again",
    ),
  ),
  json,
  store,
};

const collectConfig = {
  olderThan: Flag.Finite("older-than").pipe(
    Flag.withSchema(Count),
    Flag.optional,
    Flag.withMetavar("DAYS"),
    Flag.withDescription("Free objects that were not used for so many days"),
  ),
  keep: Flag.Finite("keep").pipe(
    Flag.withSchema(Count),
    Flag.optional,
    Flag.withMetavar("GB"),
    Flag.withDescription("Free the least recently used objects until so many gigabytes are left"),
  ),
  dryRun: Flag.Boolean("dry-run").pipe(
    Flag.withAlias("n"),
    Flag.withDefault(false),
    Flag.withDescription("Say what would go; free nothing"),
  ),
  json,
  store,
};

/** What `store verify` was asked for. */
export type VerifyInput = Command.Command.Config.Infer<typeof verifyConfig>;
/** What `store gc` was asked for. */
export type CollectInput = Command.Command.Config.Infer<typeof collectConfig>;

const verify = Command.make("verify", verifyConfig, (input) =>
  Effect.gen(function* () {
    const { storeVerify } = yield* Effect.promise(() =>
      lazily<typeof import("../store.ts")>(import.meta.resolve("../store.ts"))
    );
    yield* storeVerify(input);
  })).pipe(
    Command.withDescription("Check every hash and every record"),
    Command.withExamples([
      { command: "deno task store verify" },
      { command: "deno task store verify --repair", description: "And mend what can be mended" },
    ]),
  );

const gc = Command.make("gc", collectConfig, (input) =>
  Effect.gen(function* () {
    const { storeCollect } = yield* Effect.promise(() =>
      lazily<typeof import("../store.ts")>(import.meta.resolve("../store.ts"))
    );
    yield* storeCollect(input);
  })).pipe(
    Command.withDescription("Free space; records and lineage stay, and so does what the latest runs made"),
    Command.withExamples([
      { command: "deno task store gc --older-than 30 --dry-run" },
      { command: "deno task store gc --keep 5", description: "Down to 5 GB" },
    ]),
  );

/** The `store` command. */
export const storeCommand = Command.make("store").pipe(
  Command.withDescription("Check and clean the store"),
  Command.withSubcommands([verify, gc]),
);
