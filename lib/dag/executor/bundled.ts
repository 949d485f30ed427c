/**
 * Running a bundle: decodes parameters and inputs, runs the task, encodes what it made.
 *
 * @module
 */
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { Json } from "../canonical.ts";
import type { Kind, Many, Parts } from "../kind.ts";
import { Running } from "../running.ts";
import type { Task } from "../task.ts";
import { Failure, failureOf } from "./failure.ts";

/** What a bundle is run with. */
export interface Work {
  /** The `file:` URL of the bundle, whose default export is the task. */
  readonly bundle: string;
  /** The parameters, encoded. */
  readonly params: Json;
  /** The parts of each artifact wired in, read when asked for, by input. */
  readonly inputs: readonly {
    readonly input: string;
    readonly many: boolean;
    readonly artifacts: readonly (() => Parts)[];
  }[];
  /** The node's surroundings. */
  readonly running: Running["Service"];
}

/** Runs a bundle. Whatever a task does, it fails with a {@linkcode Failure} at worst; errors of reading pass through. */
export const runBundle: (
  work: Work,
) => Effect.Effect<{ readonly kind: string; readonly parts: Parts }, Error> = Effect.fnUntraced(
  function* (work) {
    const inputs = yield* Effect.try({
      try: () =>
        work.inputs.map(({ artifacts, ...rest }) => ({ ...rest, parts: artifacts.map((read) => read()) })),
      catch: (error) => error as Error,
    });
    const task = Effect.gen(function* () {
      const { default: { spec } } = yield* Effect.promise(() =>
        import(work.bundle) as Promise<{ default: Task }>
      );
      const params = yield* Schema.decodeUnknownEffect(Schema.toCodecJson(spec.params))(work.params);
      const values = Object.fromEntries(inputs.map(({ input, many, parts }) => {
        const decoded = parts.map((one) => decode(kindOf(spec.inputs[input]!), one, input));
        return [input, many ? decoded : decoded[0]];
      }));
      const value = yield* spec.run({ params, inputs: values });
      return { kind: spec.output.name, parts: spec.output.encode(value) };
    });
    return yield* task.pipe(
      Effect.provideService(Running, work.running),
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause) ? Effect.interrupt : Effect.fail(failureOf(Cause.squash(cause)))
      ),
    );
  },
);

function kindOf(input: Kind | Many): Kind {
  return "many" in input ? input.many : input;
}

function decode(kind: Kind, parts: Parts, input: string): unknown {
  try {
    return kind.decode(parts);
  } catch (error) {
    throw new Failure({
      reason: "failed",
      message: `input ${input} is no ${kind.name}: ${(error as Error).message}`,
    });
  }
}
