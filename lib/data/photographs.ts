/**
 * Photographs in class folders, as ImageNet unpacks and torchvision's `ImageFolder` expects them: listed, not read.
 *
 * A list is a small dataset. Trainings that take one read the files as they go, so that a set may be larger than any
 * memory. The list holds each file's name and length, so that files which came, went or changed their length change the
 * digest of all that is made from it.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import { Running } from "../dag/running.ts";
import type { Dataset } from "../kinds/dataset.ts";
import { tensor } from "../tensor/array.ts";
import { DataError, type DataFolder } from "./folder.ts";

/** The ends of the names of files that are photographs. */
const endings = /\.(jpe?g|png|gif)$/i;

/** A list of photographs. */
export interface Photographs {
  /** The true name of the data. */
  readonly name: string;
  /** The split. */
  readonly split: string;
  /** The names of the classes, by label. */
  readonly classes: readonly string[];
  /** The capability in whose folder they lie. */
  readonly capability: string;
  /** The files, relative to that folder. */
  readonly files: readonly string[];
  /** How many bytes each has: int32 [n]. */
  readonly sizes: Int32Array;
  /** The label of each: int32 [n]. */
  readonly labels: Int32Array;
}

/**
 * Lists the photographs in the class folders of a part of a data folder. Classes are labelled in the order of their
 * folders' names; other files than photographs are passed over.
 *
 * Fails with a {@linkcode DataError} when there is no class folder, or one without photographs.
 *
 * @param folder The data folder.
 * @param capability The capability that tasks must declare to read the files.
 * @param part The folder of the split within: `train`.
 * @param split What the split is called.
 */
export const listPhotographs = Effect.fnUntraced(function* (
  folder: DataFolder,
  capability: string,
  part: string,
  split: string,
): Effect.fn.Return<Photographs, DataError, Running> {
  const { report } = yield* Running;
  const top = `${folder.folder}/${part}`;
  const classes = yield* listing(folder, async () =>
    (await Array.fromAsync(Deno.readDir(top)))
      .filter(({ isDirectory, isSymlink }) => isDirectory || isSymlink).map(({ name }) => name).sort());
  if (classes.length === 0) {
    return yield* new DataError({
      message: `${folder.name} should have a folder for each class in ${top}; there is none.`,
    });
  }
  const files: string[] = [];
  const sizes: number[] = [];
  const labels: number[] = [];
  for (const [label, one] of classes.entries()) {
    const found = yield* listing(folder, () => photographsIn(`${top}/${one}`));
    if (found.length === 0) {
      return yield* new DataError({
        message:
          `The class folder ${top}/${one} of ${folder.name} holds no photograph (jpg, jpeg, png or gif): ` +
          "fill it or remove it.",
      });
    }
    for (const { name, size } of found) {
      files.push(`${part}/${one}/${name}`);
      sizes.push(size);
      labels.push(label);
    }
    report({ step: label + 1, total: classes.length, unit: "classes" });
  }
  return {
    ...{ name: folder.name, split, classes, capability, files },
    sizes: Int32Array.from(sizes),
    labels: Int32Array.from(labels),
  };
});

async function photographsIn(folder: string): Promise<readonly { name: string; size: number }[]> {
  const names = (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name))
    .filter((name) => endings.test(name) && !name.startsWith(".")).sort();
  return await Promise.all(
    names.map(async (name) => ({ name, size: (await Deno.stat(`${folder}/${name}`)).size })),
  );
}

function listing<A>({ name }: DataFolder, work: () => Promise<A>): Effect.Effect<A, DataError> {
  return Effect.tryPromise({
    try: work,
    catch: (error) =>
      new DataError({ message: `The folders of ${name} cannot be listed: ${(error as Error).message}.` }),
  });
}

/** Some photographs of a list, in the order of their indices. */
export function takePhotographs(photographs: Photographs, indices: Int32Array): Photographs {
  return {
    ...photographs,
    files: Array.from(indices, (index) => photographs.files[index]!),
    sizes: indices.map((index) => photographs.sizes[index]!),
    labels: indices.map((index) => photographs.labels[index]!),
  };
}

/** A list as a dataset: `labels` and `sizes` int32 [n], and `files` uint8, the names with a line break after each. */
export function photographsDataset(
  { name, split, classes, capability, files, sizes, labels }: Photographs,
): Dataset {
  const names = new TextEncoder().encode(files.map((file) => `${file}\n`).join(""));
  return {
    about: { name, split, classes, photographs: capability },
    tensors: {
      files: tensor("uint8", [names.length], names),
      sizes: tensor("int32", [sizes.length], sizes),
      labels: tensor("int32", [labels.length], labels),
    },
  };
}

/** The list that a dataset holds, if it holds one. */
export function photographsOf({ about, tensors }: Dataset): Photographs | undefined {
  const { name, split, classes, photographs } = about;
  const { files, sizes, labels } = tensors;
  if (typeof photographs !== "string" || files === undefined || sizes === undefined || labels === undefined) {
    return undefined;
  }
  return {
    ...{ name, split, classes: classes as readonly string[], capability: photographs },
    files: new TextDecoder().decode(files.data as Uint8Array).split("\n").slice(0, -1),
    sizes: sizes.data as Int32Array,
    labels: labels.data as Int32Array,
  };
}
