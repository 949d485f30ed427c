/**
 * `doctor`: its flags and its help.
 *
 * @module
 */
import * as Command from "effect/cli/Command";
import * as Effect from "effect/Effect";
import { json } from "../flags.ts";
import { lazily } from "../lazy.ts";

const config = { json };

/** What `doctor` was asked for. */
export type DoctorInput = Command.Command.Config.Infer<typeof config>;

/** The `doctor` command. */
export const doctorCommand = Command.make("doctor", config, (input) =>
  Effect.gen(function* () {
    const { showDoctor } = yield* Effect.promise(() =>
      lazily<typeof import("../doctor.ts")>(import.meta.resolve("../doctor.ts"))
    );
    yield* showDoctor(input);
  })).pipe(
    Command.withDescription("Say what is installed, what is missing, and the line that mends it"),
    Command.withExamples([{ command: "deno task doctor" }]),
  );
