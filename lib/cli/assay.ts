/**
 * The command line: every command under one root.
 *
 * @module
 */
import * as CliConfig from "effect/cli/CliConfig";
import * as CliOutput from "effect/cli/CliOutput";
import * as Command from "effect/cli/Command";
import * as GlobalFlag from "effect/cli/GlobalFlag";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import config from "../../deno.json" with { type: "json" };
import { platform } from "../platform.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { inspectCommand } from "./commands/inspect.ts";
import { reproduceCommand } from "./commands/reproduce.ts";
import { storeCommand } from "./commands/store.ts";
import { presenter } from "./misuse.ts";

const assay = Command.make("assay").pipe(
  Command.withDescription("Measure again what a paper claims"),
  Command.withSubcommands([reproduceCommand, inspectCommand, storeCommand, doctorCommand]),
);

const services = Layer.mergeAll(
  platform,
  CliOutput.layerPresenter(presenter),
  CliConfig.layer({ builtIns: [GlobalFlag.Help, GlobalFlag.Version, GlobalFlag.Completions] }),
);

/** Runs the command that some arguments name. Wrong use has been told on standard error when it fails. */
export function runCommand(args: readonly string[]): Effect.Effect<void, unknown> {
  return Command.runWith(assay, { version: config.version })(args).pipe(Effect.provide(services));
}
