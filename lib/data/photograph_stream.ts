/**
 * A list of photographs as a stream of pictures, with what goes wrong said of the file where it does.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Scope } from "effect/Scope";
import { Running } from "../dag/running.ts";
import { openPictures, type PictureStream, type PictureStreamSpec } from "../tensor/picture_stream.ts";
import { DataError, dataFolder } from "./folder.ts";
import type { Photographs } from "./photographs.ts";

/** How photographs become pictures. */
export type PhotographView = Pick<PictureStreamSpec, "view" | "side" | "interpolation" | "batch" | "folder">;

/**
 * Opens a stream of photographs' pictures, which is closed with the scope. Its `next` throws a {@linkcode DataError}
 * that names the file which cannot be read, has changed its length, or is no picture.
 *
 * Needs TensorFlow to be loaded, and the capability in whose folder the photographs lie.
 */
export const openPhotographs = Effect.fnUntraced(function* (
  photographs: Photographs,
  view: PhotographView,
): Effect.fn.Return<PictureStream, DataError, Running | Scope> {
  const { folder } = yield* dataFolder(photographs.capability);
  const spec = {
    ...view,
    files: photographs.files.map((file) => `${folder}/${file}`),
    sizes: photographs.sizes,
  };
  const stream = yield* Effect.acquireRelease(
    Effect.sync(() => openPictures(spec)),
    (stream) => Effect.sync(() => stream.close()),
  );
  let ahead: Int32Array = new Int32Array(0);
  return {
    ...stream,
    start: (indices, key, first) => {
      stream.start(indices, key, first);
      ahead = indices;
    },
    next: () => {
      const batch = ahead.subarray(0, view.batch);
      try {
        const pictures = stream.next();
        ahead = ahead.subarray(view.batch);
        return pictures;
      } catch (error) {
        throw culprit(photographs.name, spec, batch) ?? error;
      }
    },
  };
});

/** Pictures that are read at once. */
const together = 32;

/**
 * Reads photographs' pictures into memory, in the order of the list.
 *
 * Needs TensorFlow to be loaded. Fails with a {@linkcode DataError} that names the file which cannot be read.
 *
 * @returns The bytes of uint8 [n, side, side, 3].
 */
export const readPhotographs = Effect.fnUntraced(
  function* (
    photographs: Photographs,
    view: Pick<PhotographView, "view" | "side" | "interpolation">,
  ): Effect.fn.Return<Uint8Array, DataError, Running | Scope> {
    const { report, scratch } = yield* Running;
    const { name, files } = photographs;
    const size = view.side * view.side * 3;
    const images = yield* Effect.try({
      try: () => new Uint8Array(files.length * size),
      catch: () =>
        new DataError({
          message: `${files.length} images of ${name} take ${(files.length * size / 1e9).toFixed(0)} GB of ` +
            "memory, more than there is: load fewer, by count.",
        }),
    });
    const stream = yield* openPhotographs(photographs, { ...view, batch: together, folder: scratch });
    stream.start(Int32Array.from(files, (_, index) => index), 0);
    for (let done = 0; done < files.length; done += together) {
      const pictures = yield* Effect.try({ try: stream.next, catch: (error) => error as DataError });
      images.set(pictures, done * size);
      report({ step: Math.min(done + together, files.length), total: files.length, unit: "images" });
      yield* Effect.yieldNow;
    }
    return images;
  },
  Effect.scoped,
);

/** Looks at the files of a batch one by one for what is wrong with them. */
function culprit(name: string, spec: PictureStreamSpec, batch: Int32Array): DataError | undefined {
  const single = openPictures({ ...spec, batch: 1, parallel: 1, ahead: 1 });
  try {
    single.start(batch, 0);
    for (const index of batch) {
      try {
        single.next();
      } catch {
        return new DataError({ message: complaint(name, spec.files[index]!, spec.sizes[index]!) });
      }
    }
    return undefined;
  } finally {
    single.close();
  }
}

function complaint(name: string, file: string, size: number): string {
  let found: number;
  try {
    found = Deno.statSync(file).size;
  } catch (error) {
    return `The photograph ${file} of ${name} cannot be read: ${(error as Error).message}.`;
  }
  return found === size
    ? `The photograph ${file} of ${name} is no whole JPEG, PNG or GIF: replace it, or remove it and list again.`
    : `The photograph ${file} of ${name} has ${found} bytes where it had ${size} when it was listed: list again.`;
}
