/**
 * Texts with a label each.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import type { Json } from "../../dag/canonical.ts";
import type { Dataset, DatasetAbout } from "../../kinds/dataset.ts";
import { tensor } from "../../tensor/array.ts";
import { DataError } from "../folder.ts";
import { labelsOf } from "../labelled.ts";

/** A text and its label. */
export interface Example {
  /** The text. */
  readonly text: string;
  /** The place of its class. */
  readonly label: number;
}

/** Texts with a label each, and what the labels stand for. */
export interface LabelledTexts {
  /** The names of the classes, by label. */
  readonly classes: readonly string[];
  /** The examples. */
  readonly examples: readonly Example[];
}

/**
 * Makes a dataset of texts: `bytes` uint8 `[Σ]`, UTF-8; `offsets` int32 `[n + 1]`: text i lies from offset i to offset
 * i + 1; and `labels` int32 `[n]`.
 */
export function textsDataset(
  about: DatasetAbout & { readonly classes: readonly string[] },
  examples: readonly Example[],
): Dataset {
  const encoded = examples.map(({ text }) => new TextEncoder().encode(text));
  const offsets = new Int32Array(examples.length + 1);
  encoded.forEach(({ length }, place) => offsets[place + 1] = offsets[place]! + length);
  const bytes = new Uint8Array(offsets.at(-1)!);
  encoded.forEach((text, place) => bytes.set(text, offsets[place]!));
  return {
    about: about as { readonly [fact: string]: Json } & DatasetAbout,
    tensors: {
      bytes: tensor("uint8", [bytes.length], bytes),
      offsets: tensor("int32", [offsets.length], offsets),
      labels: tensor("int32", [examples.length], Int32Array.from(examples, ({ label }) => label)),
    },
  };
}

/** The texts of a dataset; fails when it holds none. */
export function textsOf(dataset: Dataset): Effect.Effect<LabelledTexts, DataError> {
  const { about, tensors: { bytes, offsets } } = dataset;
  if (!(bytes?.data instanceof Uint8Array) || !(offsets?.data instanceof Int32Array)) {
    return Effect.fail(
      new DataError({
        message: `The dataset ${about.name} should hold texts: bytes, uint8, and offsets, int32.`,
      }),
    );
  }
  const [letters, ends] = [bytes.data, offsets.data];
  return Effect.map(labelsOf(dataset), ({ classes, data }) => ({
    classes,
    examples: Array.from(data, (label, place) => ({
      text: new TextDecoder().decode(letters.subarray(ends[place]!, ends[place + 1]!)),
      label,
    })),
  }));
}
