/**
 * The folder of files that a data capability prepared.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Running } from "../dag/running.ts";

/** A data file could not be read, or is not among the files that were prepared. */
export class DataError extends Schema.TaggedError<DataError>()("DataError", {
  message: Schema.String,
}) {}

/** Verified files of one data set. */
export interface DataFolder {
  /** Its absolute path. */
  readonly folder: string;
  /** The names of the files, in the order of their code points. */
  readonly files: readonly string[];
  /** The true name of the data: `CIFAR-10 (JPEG q75)`. */
  readonly name: string;
}

const Prepared = Schema.Struct({
  folder: Schema.String,
  files: Schema.Array(Schema.String),
  name: Schema.String,
});

/**
 * The folder that a capability prepared for the running task.
 *
 * @param capability The capability's name, which the task must list in `uses`.
 */
export function dataFolder(capability: string): Effect.Effect<DataFolder, DataError, Running> {
  return Effect.gen(function* () {
    const { prepared } = yield* Running;
    return yield* Schema.decodeUnknownEffect(Prepared)(prepared[capability]).pipe(
      Effect.mapError(() =>
        new DataError({ message: `No data was prepared: the task must declare uses: ["${capability}"].` })
      ),
    );
  });
}

/** Reads a file of the folder. */
export function readDataFile(
  { folder, name }: DataFolder,
  file: string,
): Effect.Effect<Uint8Array, DataError> {
  return Effect.tryPromise({
    try: () => Deno.readFile(`${folder}/${file}`),
    catch: (error) =>
      new DataError({ message: `The file ${file} of ${name} cannot be read: ${(error as Error).message}.` }),
  });
}
