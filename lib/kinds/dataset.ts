/**
 * Datasets: examples as named tensors, with what is known of where they come from.
 *
 * @module
 */
import type { Json } from "../dag/canonical.ts";
import { kind } from "../dag/kind.ts";
import type { Kind } from "../dag/kind.ts";
import { malformed } from "../data/formats/format_error.ts";
import type { Tensor } from "../tensor/array.ts";
import { decodeNamedTensors, encodeNamedTensors } from "./named_tensors.ts";

/** What is known of a dataset. */
export interface DatasetAbout {
  /** The true name of the data, as a table should say it: `CIFAR-10 (JPEG q75)`. */
  readonly name: string;
  /** The part of the data: `train`, `test`, … */
  readonly split: string;
  /** More facts: the names of the classes, the vocabulary, what was corrupted. */
  readonly [fact: string]: Json;
}

/**
 * Examples as named tensors.
 *
 * Images are `images`, uint8 `[n, height, width, channels]`, with `labels`, int32 `[n]`. Texts are `tokens`, int32
 * `[n]`, with the characters that they index in `about.vocabulary`.
 */
export interface Dataset {
  /** What is known of it. */
  readonly about: DatasetAbout;
  /** The tensors by name. */
  readonly tensors: Readonly<Record<string, Tensor>>;
}

/** The kind of {@linkcode Dataset}s: one safetensors part, its facts in the metadata. */
export const Dataset: Kind<"dataset", Dataset> = kind<"dataset", Dataset>("dataset", {
  encode: (dataset) => encodeNamedTensors("dataset.safetensors", dataset),
  decode: (parts) => {
    const { about, tensors } = decodeNamedTensors("dataset", "dataset.safetensors", parts);
    const { name, split } = about;
    if (typeof name !== "string" || typeof split !== "string") {
      throw malformed("dataset", "about", "a name and a split", JSON.stringify(about).slice(0, 40));
    }
    return { about: { ...about, name, split }, tensors };
  },
});
