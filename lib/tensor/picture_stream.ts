/**
 * A stream of pictures from files: TensorFlow reads, decodes and resizes them on threads of its own while whoever takes
 * them does something else.
 *
 * @module
 */
import type { Tensor } from "./array.ts";
import { encodeGraph } from "./dataflow.ts";
import { tf } from "./native.ts";
import { type Interpolation, wordsOf } from "./picture_arithmetic.ts";
import { pictureFunction, type View } from "./picture_graph.ts";
import { openSession } from "./session.ts";

/** What a stream is made of. */
export interface PictureStreamSpec {
  /** The files' paths: JPEG, PNG or a still GIF, whatever they are called. */
  readonly files: readonly string[];
  /** How many bytes each file has: int32 [files]. A file of another size is refused. */
  readonly sizes: Int32Array;
  /** What of a photograph is seen. */
  readonly view: View;
  /** The side of the pictures, in pixels. */
  readonly side: number;
  /** How pixels in between are computed. Default `bilinear`. */
  readonly interpolation?: Interpolation;
  /** Pictures in a batch. */
  readonly batch: number;
  /** How many pictures are made at once. Default: one a core. None of the results depends on it. */
  readonly parallel?: number;
  /** How many batches are made ahead. Default 2. Memory holds one more, and what is being decoded. */
  readonly ahead?: number;
  /** An existing folder for a file that lives a moment. */
  readonly folder: string;
}

/** A stream of pictures. */
export interface PictureStream {
  /**
   * Begins: pictures come in the order of `indices`, the numbers of their files.
   *
   * @param indices Which files, in order.
   * @param key What the views' draws depend on, besides a picture's place: a 32-bit whole number.
   * @param first The place of the first one: 0 unless earlier ones of the same order were taken before.
   */
  start(indices: Int32Array, key: number, first?: number): void;
  /**
   * The next batch, uint8 [batch, side, side, 3], as bytes; the last one may have fewer.
   *
   * @throws {GraphError} When a file cannot be read, is not as long as it was, or is no picture.
   */
  next(): Uint8Array;
  /** Frees what it holds. */
  close(): void;
}

/** Opens a stream of pictures. Needs TensorFlow to be loaded. */
export function openPictures(spec: PictureStreamSpec): PictureStream {
  const { files, sizes, folder } = spec;
  const session = openSession(encodeStream(spec), folder);
  const table = {
    files: tf.tensor1d([...files], "string"),
    sizes: tf.tensor1d(sizes, "int32"),
  };
  return {
    start: (indices, key, first = 0) => {
      const feeds = {
        ...table,
        indices: tf.tensor1d(indices, "int32"),
        places: tf.range(first, first + indices.length, 1, "int32"),
        key: tf.scalar(key, "int32"),
      };
      try {
        session.run(feeds, ["started"]);
      } finally {
        tf.dispose([feeds.indices, feeds.places, feeds.key]);
      }
    },
    next: () => bytesOf(session.run({}, ["batch"])[0]!, spec.side),
    close: () => {
      session.close();
      tf.dispose(table);
    },
  };
}

/** The bytes of pictures that came in words, without what fills the last word of each. */
function bytesOf({ shape, data: { buffer, byteOffset, byteLength } }: Tensor, side: number): Uint8Array {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const count = shape[0]!;
  const size = side * side * 3;
  if (bytes.length === count * size) return bytes;
  const stride = bytes.length / count;
  const packed = new Uint8Array(count * size);
  for (let i = 0; i < count; i++) packed.set(bytes.subarray(i * stride, i * stride + size), i * size);
  return packed;
}

function encodeStream(
  { view, side, interpolation = "bilinear", batch, parallel = navigator.hardwareConcurrency, ahead = 2 }:
    PictureStreamSpec,
): Uint8Array {
  const words = wordsOf(side);
  const picture = pictureFunction(view, side, interpolation);
  const pictures = { output_types: { types: ["int32"] }, output_shapes: { shapes: [[words]] } } as const;
  const batches = {
    output_types: { types: ["int32"] },
    output_shapes: { shapes: [[-1, words]] },
  } as const;
  return encodeGraph({
    functions: [picture],
    body: ({ add, named }) => {
      const feed = (name: string, type: "string" | "int32", shape: readonly number[]) =>
        named(name, "Placeholder", [], { dtype: { type }, shape: { shape } });
      const int64 = (value: number) =>
        add("Const", [], { dtype: { type: "int64" }, value: { constant: { dtype: "int64", value } } });
      const truth = (value: number) =>
        add("Const", [], { dtype: { type: "bool" }, value: { constant: { dtype: "bool", value } } });
      const files = feed("files", "string", [-1]);
      const sizes = feed("sizes", "int32", [-1]);
      const indices = feed("indices", "int32", [-1]);
      const places = feed("places", "int32", [-1]);
      const key = feed("key", "int32", []);
      const order = add("TensorSliceDataset", [indices, places], {
        Toutput_types: { types: ["int32", "int32"] },
        output_shapes: { shapes: [[], []] },
      });
      const mapped = add("ParallelMapDatasetV2", [order, files, sizes, key, int64(parallel)], {
        f: { function: picture.name },
        Targuments: { types: ["string", "int32", "int32"] },
        ...pictures,
        use_inter_op_parallelism: { bool: true },
        deterministic: { string: "true" },
        preserve_cardinality: { bool: true },
      });
      const grouped = add("BatchDatasetV2", [mapped, int64(batch), truth(0)], {
        ...batches,
        parallel_copy: { bool: false },
      });
      const buffered = add("PrefetchDataset", [grouped, int64(ahead)], batches);
      const iterator = add("IteratorV2", [], {
        ...batches,
        shared_name: { string: "pictures" },
        container: { string: "" },
      });
      const begun = add("MakeIterator", [buffered, iterator]);
      named("started", "Const", [`^${begun}`], {
        dtype: { type: "int32" },
        value: { constant: { dtype: "int32", value: 0 } },
      });
      named("batch", "IteratorGetNext", [iterator], batches);
    },
  });
}
